import type { Alarm } from '../../../../src/domain/alarm/alarm.ts';
import { hypothesesOf } from '../../../../src/domain/investigation/hypotheses.ts';
import { investigate } from '../../../../src/domain/investigation/investigate.ts';
import type { TrailRecord } from '../../../../src/domain/trail/record.ts';
import { untrusted } from '../../../../src/domain/untrusted.ts';
import { aPrincipal } from '../../../support/trail-record.ts';
import { aChange, anAlarm, minutes } from '../builders.ts';

export const dimension = (name: string, value: string) => ({ name, value: untrusted(value) });

/** Errors of the function that runs with the role below. */
export const ordersFunction = anAlarm('orders-errors', {
  namespace: 'AWS/Lambda',
  metric: 'Errors',
  dimensions: [dimension('FunctionName', 'orders-fn')],
});

export const ordersProgram = aPrincipal({
  label: untrusted('orders-role/orders-fn'),
  kind: 'automation',
  roleName: untrusted('orders-role'),
  sessionName: untrusted('orders-fn'),
});

export const aws = (service: string) =>
  aPrincipal({
    label: untrusted(`${service}.amazonaws.com`),
    kind: 'service',
    roleName: null,
    sessionName: null,
  });

/** Reads of other systems: only among others does a name say whose it is. */
const others = ['billing', 'search', 'portal', 'ledger', 'fleet', 'pricing', 'media', 'labs'].map(
  (system, index) =>
    aChange('DescribeAlarms', 'monitoring', [`${system}-service`], minutes(-900 - index), {
      readOnly: true,
    }),
);

/** The explanations of what an alarm shows 40 minutes after it began. */
export function explain(alarm: Alarm, records: readonly TrailRecord[]) {
  const found = investigate({
    records: [...others, ...records],
    alarms: [alarm],
    transitions: [],
    nowMs: minutes(40),
  });
  const rows = hypothesesOf(found);
  return {
    rows,
    seen: rows.filter((row) => row.kind === 'observation'),
    nothing: found.nothing,
    total: rows.reduce((sum, { probability }) => sum + probability, 0),
  };
}

/** A call of the program that fails, once for each of the minutes. */
export function failing(
  at: readonly number[],
  call: readonly [service: string, name: string],
  errorCode: string,
  errorMessage: string,
  changes: Partial<Omit<TrailRecord, 'resources'>> & { readonly named?: readonly string[] } = {},
): readonly TrailRecord[] {
  const { named = ['orders-data'], ...rest } = changes;
  return at.map((minute) =>
    aChange(call[1], call[0], named, minutes(minute), {
      errorCode: untrusted(errorCode),
      errorMessage: untrusted(errorMessage),
      principal: ordersProgram,
      channel: 'sdk',
      ...rest,
    }),
  );
}
