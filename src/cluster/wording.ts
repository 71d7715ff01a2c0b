/**
 * kubectl's lines for what goes wrong between it and the server, so that a user and a script recognise them.
 * Rule: kubectl pkg/cmd/util/helpers.go StandardErrorMessage, apimachinery pkg/api/errors NewGenericServerResponse.
 */

/** Line for a status the API server answered. */
export function apiErrorLine(error: { reason: string; message: string }): string {
  if (error.reason === 'Unauthorized') {
    return `error: You must be logged in to the server (${error.message})`;
  }
  if (error.reason === '') return `Error from server: ${error.message}`;
  return `Error from server (${error.reason}): ${error.message}`;
}

/** Line for a connection that did not come about or did not hold. */
export function connectionErrorLine(error: {
  fault: string;
  host: string;
  message: string;
}): string {
  if (error.fault === 'refused') {
    return `The connection to the server ${error.host} was refused - did you specify the right host or port?`;
  }
  return `Unable to connect to the server: ${error.message}`;
}

/** Reason and message that kubectl puts in place of an answer without a readable `Status`. */
export function genericStatus(status: number): { reason: string; message: string } {
  const known = GENERIC.get(status);
  if (known !== undefined) return { reason: known[0], message: known[1] };
  if (status >= 500) return { reason: 'InternalError', message: 'an error on the server' };
  return { reason: '', message: `the server responded with the status code ${status}` };
}

const GENERIC: ReadonlyMap<number, readonly [reason: string, message: string]> = new Map([
  [400, ['BadRequest', 'the server rejected our request for an unknown reason']],
  [401, ['Unauthorized', 'the server has asked for the client to provide credentials']],
  [403, ['Forbidden', 'the server does not allow access to the requested resource']],
  [404, ['NotFound', 'the server could not find the requested resource']],
  [405, ['MethodNotAllowed', 'the server does not allow this method on the requested resource']],
  [406, ['NotAcceptable', 'the server cannot answer in a format we accept']],
  [410, ['Expired', 'the list that was being read is no longer available']],
  [
    429,
    [
      'TooManyRequests',
      'the server has received too many requests and has asked us to try again later',
    ],
  ],
  [503, ['ServiceUnavailable', 'the server is currently unable to handle the request']],
  [504, ['Timeout', 'the server was unable to return a response in the time allotted']],
]);
