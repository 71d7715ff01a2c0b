/** Differences that are meant, where several cases share one. */
import type { Difference } from './case.ts';

export const ASKS_FOR_NAME: Difference = {
  in: ['outcome'],
  kubectl: 'asks for a user name and a password on the terminal',
  we: 'go on without a credential',
  why: 'A plugin is run in scripts, and hardly any cluster takes passwords. What the server allows to anybody is shown.',
};

export const NAMES_WHAT_IS_MISSING: Difference = {
  in: ['words'],
  kubectl: '`The connection to the server localhost:8080 was refused …`',
  we: '`cluster "x" does not exist` or `no server found for cluster "x"`',
  why: 'The kubeconfig names a cluster or a server that is not there; localhost has nothing to do with it.',
};

export const OTHER_PARSER: Difference = {
  in: ['words'],
  kubectl: 'the sentence of Go\'s YAML or JSON parser after `error loading config file "x": `',
  we: 'a sentence of our own after the same beginning',
  why: 'The parsers differ. Ours never quotes the file, which holds secrets.',
};

export const PLUGIN_OUTPUT: Difference = {
  in: ['words'],
  kubectl: "the sentence of Go's JSON decoder after `getting credentials: `",
  we: '`getting credentials: decoding stdout: what PLUGIN printed is not JSON` (or `not an ExecCredential`)',
  why: 'Says which plugin it was and never quotes its output, which holds a credential.',
};

export const WHOSE_CERTIFICATE: Difference = {
  in: ['words'],
  kubectl: '`x509: certificate signed by unknown authority`',
  we: "the same, then in brackets who signed the server's certificate and whom the kubeconfig trusts",
  why: 'The names tell a re-made cluster, a wrong context and a proxy in between from each other.',
};

export const OWN_SILENCE: Difference = {
  in: ['words'],
  kubectl:
    '`context deadline exceeded` or `net/http: request canceled …`, changing from run to run',
  we: '`dial tcp HOST: i/o timeout`, or `HOST did not answer within the time limit`',
  why: 'Says whether there was a connection at all.',
};

export const WITHOUT_REQUEST: Difference = {
  in: ['words'],
  kubectl: 'adds what it did: `(get pods)`, `Unable to list "/v1, Resource=pods": …`',
  we: "the server's message alone",
  why: 'We ask for more than one thing; which one failed is said where the answer lacks it.',
};

export const SHOWS_PERMISSION: Difference = {
  in: ['words'],
  kubectl: "the server's message, with `(get pods)` where it was no `Status`",
  we: 'the message, then the `kubectl auth can-i …` that shows the permission',
  why: 'The next step belongs to the error.',
};

export const PASSPHRASE: Difference = {
  in: ['words'],
  kubectl: '`tls: failed to parse private key`',
  we: 'the same, then that the key has a passphrase and how to take it off',
  why: 'The cause is known.',
};

export const NO_JSON: Difference = {
  in: ['words'],
  kubectl: "`serializer for text/html doesn't exist`, or prints the page and exits with 0",
  we: '`URL answered with something that is not JSON`',
  why: 'Says where it came from: a login page or a proxy in most cases.',
};

/** Seen by hand: a case would need the folder where the kubelet mounts the service account. */
export const IN_A_POD: Difference = {
  in: ['outcome'],
  kubectl: 'takes any of these flags for a sign that it is not in a pod, and asks localhost:8080',
  we: 'use the service account of the pod',
  why: 'The flags name no other server.',
};

/** An API server redirects nobody; a login page does. No case, since kubectl's redirect ends at the page. */
export const REDIRECT: Difference = {
  in: ['outcome'],
  kubectl: 'follows a redirect (307, 308) to the same or another host',
  we: '`Error from server: …` with the status',
  why: 'Credentials stay with the server that the kubeconfig names.',
};
