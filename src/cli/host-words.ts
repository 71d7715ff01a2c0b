/** Hosts, addresses and ports as flags have them. */

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/;

/** A name or an address, an IPv6 address in brackets, with or without a port. */
export function isHost(text: string): boolean {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(text) ?? [];
  if (port !== undefined && !isPort(port)) return false;
  return host.startsWith('[') ? isAddress(host) : NAME.test(host);
}

/** 1 to 65535. */
export function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535;
}

/** Four numbers up to 255 without leading zeros, or an IPv6 address in brackets, without a zone. */
export function isAddress(text: string): boolean {
  if (text.startsWith('['))
    return /^\[[0-9A-Fa-f:.]{2,45}\]$/.test(text) && URL.canParse(`http://${text}`);
  const parts = text.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}
