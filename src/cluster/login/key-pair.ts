/**
 * A client certificate and its key, looked at before they are used: OpenSSL's codes say nothing to a user.
 * Rule: Go's crypto/tls X509KeyPair, whose sentences these are.
 */
import { KubeconfigError, unusableCredential } from '../errors.ts';

/**
 * Throws KubeconfigError where the two cannot be used together. kubectl reads a pair of files only when it connects
 * (`inFiles`), and says so.
 */
export async function checkPair(cert: Buffer, key: Buffer, inFiles: boolean): Promise<void> {
  const problem = await pairProblem(cert, key);
  if (problem === null) return;
  throw inFiles ? unusableCredential(problem) : new KubeconfigError(problem);
}

/** What is wrong with a pair in PEM form, or null. */
export async function pairProblem(cert: Buffer, key: Buffer): Promise<string | null> {
  const text = cert.toString('latin1');
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    if (!/-----BEGIN /.test(text)) return 'tls: failed to find any PEM data in certificate input';
    return PRIVATE_KEY.test(text)
      ? 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'
      : 'tls: failed to find "CERTIFICATE" PEM block in certificate input';
  }
  const keyText = key.toString('latin1');
  if (!PRIVATE_KEY.test(keyText)) {
    if (!/-----BEGIN /.test(keyText)) return 'tls: failed to find any PEM data in key input';
    return keyText.includes('-----BEGIN CERTIFICATE-----')
      ? 'tls: found a certificate rather than a key in the PEM for the private key'
      : 'tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input';
  }
  if (/-----BEGIN ENCRYPTED |\nProc-Type: 4,ENCRYPTED/.test(keyText)) {
    return 'tls: failed to parse private key (it needs a passphrase, which a kubeconfig cannot give: openssl pkey -in KEY -out KEY-WITHOUT-PASSPHRASE)';
  }
  return await matchProblem(cert, key);
}

const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----/;

async function matchProblem(cert: Buffer, key: Buffer): Promise<string | null> {
  const { createPrivateKey, X509Certificate } = await import('node:crypto');
  let certificate: InstanceType<typeof X509Certificate>;
  try {
    certificate = new X509Certificate(cert);
  } catch {
    return 'tls: failed to parse certificate: it is broken';
  }
  try {
    const matches = certificate.checkPrivateKey(createPrivateKey(key));
    return matches ? null : 'tls: private key does not match public key';
  } catch {
    return 'tls: failed to parse private key';
  }
}
