/** What `strace -f` saw of a program: whom it contacted, and which files it opened to write. */

export interface Contact {
  /** `AF_INET`, `AF_INET6`, `AF_UNIX`; AF_NETLINK, by which a program asks its own kernel, is left out. */
  readonly family: string;
  /** Path of a socket for AF_UNIX. */
  readonly address: string;
  /** 0 for AF_UNIX. */
  readonly port: number;
}

/** Every address that a call was given: connections, and datagrams such as questions to a name server. */
export function contacts(trace: string): Contact[] {
  const calls = trace.split('\n').filter((line) => /\b(?:connect|sendto|sendmsg)\(/.test(line));
  return calls.flatMap((line) => {
    const family = /sa_family=(AF_\w+)/.exec(line)?.[1];
    if (family === undefined || family === 'AF_NETLINK' || family === 'AF_UNSPEC') return [];
    const [, port = '0'] = /sin6?_port=htons\((\d+)\)/.exec(line) ?? [];
    const [, v4, v6, path] =
      /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"|sun_path=@?"([^"]+)"/.exec(line) ?? [];
    return [{ family, address: v4 ?? v6 ?? path ?? '', port: Number(port) }];
  });
}

/** Paths that were opened to be written, made, renamed or removed, whether that succeeded or not. */
export function written(trace: string): string[] {
  return trace.split('\n').flatMap((line) => {
    const [, call = '', path = ''] =
      /\b(open|openat|creat|rename|renameat2|mkdir|mkdirat|unlink|unlinkat)\([^"]*"([^"]*)"/.exec(
        line,
      ) ?? [];
    if (call === '') return [];
    const opens = call.startsWith('open');
    return !opens || /O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)/.test(line) ? [path] : [];
  });
}
