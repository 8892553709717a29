/** What an alarm demands of its metric: `breaching` of the last `periods` datapoints. */
export interface AlarmRule<SeriesName extends string = string> {
  readonly name: string;
  readonly series: SeriesName;
  readonly description: string;
  readonly statistic: 'Sum' | 'Minimum' | 'Average' | 'Maximum';
  readonly threshold: number;
  readonly direction: 'GreaterThanThreshold' | 'LessThanThreshold';
  readonly periods: number;
  readonly breaching: number;
  /** What it makes of periods in which nothing was reported: `notBreaching` when left out. */
  readonly missing?: 'notBreaching' | 'ignore';
}
