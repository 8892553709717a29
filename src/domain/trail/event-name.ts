const DATE_SUFFIX = /_?\d{4}_?\d{2}_?\d{2}(?:v\d+)?$/;
const READ_NAME = /^(?:BatchGet|Check|Describe|Get|Head|List|Lookup|Query|Scan|Search|View)/;

/**
 * The operation's own name, without the API date that Lambda and CloudFront record
 * (`UpdateFunctionCode20150331v2`, `CreateDistribution2020_05_31`).
 */
export function normaliseEventName(eventName: string): string {
  const name = eventName.replace(DATE_SUFFIX, '');
  return name === '' ? eventName : name;
}

/** For records that do not say whether they only read. */
export function looksReadOnly(eventName: string): boolean {
  return READ_NAME.test(eventName);
}
