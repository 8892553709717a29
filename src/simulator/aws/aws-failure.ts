/** A refusal as AWS would word it. `queryCode` is the older name that query-era clients compare. */
export class AwsFailure extends Error {
  readonly code: string;
  readonly status: number;
  readonly queryCode: string;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsFailure';
    this.code = code;
    this.status = status;
    this.queryCode = QUERY_CODES[code] ?? code;
  }
}

// CloudWatch and STS come from the query era: their common errors keep the old names, CloudWatch in
// the x-amzn-query-error header, which the SDK takes over the body's type.
const QUERY_CODES: Readonly<Record<string, string>> = {
  ThrottlingException: 'Throttling',
  AccessDeniedException: 'AccessDenied',
  ExpiredTokenException: 'ExpiredToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  InternalServerError: 'InternalFailure',
  UnknownOperationException: 'InvalidAction',
  'com.amazonaws.sqs#QueueDoesNotExist': 'AWS.SimpleQueueService.NonExistentQueue',
  ValidationException: 'ValidationError',
};

export const throttled = () => new AwsFailure('ThrottlingException', 'Rate exceeded');

export const unrecognizedClient = () =>
  new AwsFailure(
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );

export const expiredToken = () =>
  new AwsFailure('ExpiredTokenException', 'The security token included in the request is expired');

export const validationFailure = (message: string) =>
  new AwsFailure('ValidationException', message);
