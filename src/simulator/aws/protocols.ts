import type { IncomingHttpHeaders } from 'node:http';
import { AwsFailure } from './aws-failure.ts';

export type ServiceName = 'cloudtrail' | 'cloudwatch' | 'logs' | 'sqs' | 'sts';

/** A request told apart: which service and operation, and what it was asked. */
export interface AwsRequest {
  readonly service: ServiceName;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const TARGETS = {
  CloudTrail_20131101: 'cloudtrail',
  GraniteServiceVersion20100801: 'cloudwatch',
  Logs_20140328: 'logs',
  AmazonSQS: 'sqs',
} as const satisfies Record<string, ServiceName>;

const CONTENT_TYPES = {
  cloudtrail: 'application/x-amz-json-1.1',
  cloudwatch: 'application/x-amz-json-1.0',
  logs: 'application/x-amz-json-1.1',
  sqs: 'application/x-amz-json-1.0',
  sts: 'text/xml',
} as const satisfies Record<ServiceName, string>;

const STS_NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** CloudTrail, CloudWatch and its Logs speak JSON with a target header, STS still forms and XML. */
export function readRequest(headers: IncomingHttpHeaders, body: string): AwsRequest {
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  if (form) {
    const fields = Object.fromEntries(new URLSearchParams(body));
    return { service: 'sts', operation: fields['Action'] ?? '', parameters: fields };
  }
  const [prefix = '', operation = ''] = String(headers['x-amz-target'] ?? '').split('.');
  const service = Object.entries(TARGETS).find(([target]) => target === prefix)?.[1];
  if (service === undefined) throw unknownOperation();
  return { service, operation, parameters: parseBody(body) };
}

export function unknownOperation(): AwsFailure {
  return new AwsFailure(
    'UnknownOperationException',
    'The replay serves LookupEvents, DescribeAlarms, DescribeAlarmHistory, DescribeAlarmContributors, ListTagsForResource, GetMetricData, GetMetricWidgetImage, GetCallerIdentity and AssumeRole, the queries of Logs Insights and CloudTrail Lake, and queues of SQS.',
  );
}

export function okReply(
  request: AwsRequest,
  result: object | string,
  requestId: string,
): HttpReply {
  const body =
    typeof result === 'string'
      ? `<${request.operation}Response xmlns="${STS_NAMESPACE}"><${request.operation}Result>${result}</${request.operation}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${request.operation}Response>`
      : JSON.stringify(result);
  return { status: 200, headers: headersOf(request.service, requestId), body };
}

export function failureReply(
  service: ServiceName,
  failure: AwsFailure,
  requestId: string,
): HttpReply {
  const headers = headersOf(service, requestId);
  const { status } = failure;
  const fault = status >= 500 ? 'Receiver' : 'Sender';
  if (service === 'sts') {
    const body = `<ErrorResponse xmlns="${STS_NAMESPACE}"><Error><Type>${fault}</Type><Code>${failure.queryCode}</Code><Message>${escapeXml(failure.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
    return { status: stsStatus(failure), headers, body };
  }
  const body = JSON.stringify({ __type: failure.code, message: failure.message });
  if (service !== 'cloudwatch' && service !== 'sqs') return { status, headers, body };
  const query = { 'x-amzn-query-error': `${failure.queryCode};${fault}` };
  return { status, headers: { ...headers, ...query }, body };
}

function headersOf(service: ServiceName, requestId: string): Readonly<Record<string, string>> {
  return {
    'content-type': CONTENT_TYPES[service],
    'x-amzn-requestid': requestId,
  };
}

/** STS answers every refusal of the caller with 403, the JSON services with 400. */
function stsStatus({ code, status }: AwsFailure): number {
  const refused = ['UnrecognizedClientException', 'ExpiredTokenException', 'AccessDeniedException'];
  return refused.includes(code) ? 403 : status;
}

function parseBody(body: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body || '{}');
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
  } catch {
    // Falls through to the refusal: AWS answers unreadable bodies with one code.
  }
  throw new AwsFailure('SerializationException', 'The request body is not a JSON object.');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
