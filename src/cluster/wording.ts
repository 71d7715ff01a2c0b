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
  asked?: string | undefined;
}): string {
  // It was connected, and asked.
  if (error.fault === 'content') {
    return `error: ${error.asked === undefined ? '' : `${error.asked}: `}${error.message}`;
  }
  if (error.fault === 'refused') {
    return `The connection to the server ${error.host} was refused - did you specify the right host or port?`;
  }
  return `Unable to connect to the server: ${error.message}`;
}

/**
 * Reason and message that kubectl puts in place of an answer without a readable `Status`. `said` is the text the
 * server sent instead (a proxy's page, say), or `unknown`.
 */
export function genericStatus(status: number, said: string): { reason: string; message: string } {
  const known = GENERIC.get(status);
  if (known !== undefined) return { reason: known[0], message: known[1] };
  if (status === 403) return { reason: 'Forbidden', message: said || NO_ACCESS };
  if (status === 415) return { reason: 'UnsupportedMediaType', message: said };
  if (status === 406) {
    const own = said !== '' && said !== 'unknown';
    const message = 'the server was unable to respond with a content type that the client supports';
    return { reason: 'NotAcceptable', message: own ? said : message };
  }
  if (status >= 500) {
    const message = `an error on the server (${JSON.stringify(said)}) has prevented the request from succeeding`;
    return { reason: 'InternalError', message };
  }
  const message = `the server responded with the status code ${status} but did not return more information`;
  return { reason: '', message };
}

/** kubectl says nothing after the colon. */
const NO_ACCESS = 'the server does not allow access to the requested resource';

const GENERIC: ReadonlyMap<number, readonly [reason: string, message: string]> = new Map([
  [400, ['BadRequest', 'the server rejected our request for an unknown reason']],
  [401, ['Unauthorized', 'the server has asked for the client to provide credentials']],
  [404, ['NotFound', 'the server could not find the requested resource']],
  [405, ['MethodNotAllowed', 'the server does not allow this method on the requested resource']],
  [409, ['Conflict', 'the server reported a conflict']],
  [410, ['Expired', 'the list that was being read is no longer available']],
  [422, ['Invalid', 'the server rejected our request due to an error in our request']],
  [
    429,
    [
      'TooManyRequests',
      'the server has received too many requests and has asked us to try again later',
    ],
  ],
  [503, ['ServiceUnavailable', 'the server is currently unable to handle the request']],
  [
    504,
    [
      'Timeout',
      'the server was unable to return a response in the time allotted, but may still be processing the request',
    ],
  ],
]);
