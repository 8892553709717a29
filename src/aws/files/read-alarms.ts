import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Alarm, AlarmTransition } from '../../domain/alarm/alarm.ts';
import { AppError } from '../../errors.ts';
import { parseAlarm, parseTransition } from '../cloudwatch/schema.ts';
import type { FileProblem } from './read-files.ts';

const FILE_BYTES_MAX = 64 * 1024 * 1024;

const list = z.array(z.unknown()).nullish();
const alarmsFile = z.object({ MetricAlarms: list, CompositeAlarms: list });
const historyFile = z.object({ AlarmHistoryItems: list });

interface AlarmsRequest {
  readonly path: string;
  /** For alarms whose ARN does not name one. */
  readonly region: string;
  readonly onProblem: (problem: FileProblem) => void;
}

/** What `aws cloudwatch describe-alarms` printed. Throws `input-invalid` for what is no such file. */
export async function readAlarmsFile(request: AlarmsRequest): Promise<readonly Alarm[]> {
  const { MetricAlarms, CompositeAlarms } = await readJson(
    request.path,
    alarmsFile,
    'describe-alarms',
  );
  return [
    ...readAll(MetricAlarms, request, (item) => parseAlarm(item, 'metric', request.region)),
    ...readAll(CompositeAlarms, request, (item) => parseAlarm(item, 'composite', request.region)),
  ];
}

/** What `aws cloudwatch describe-alarm-history` printed; everything but changes of state is left out. */
export async function readHistoryFile(request: AlarmsRequest): Promise<readonly AlarmTransition[]> {
  const command = 'describe-alarm-history';
  const { AlarmHistoryItems } = await readJson(request.path, historyFile, command);
  const updates = (AlarmHistoryItems ?? []).filter((item) => stateUpdate.safeParse(item).success);
  return readAll(updates, request, (item) => parseTransition(item, request.region));
}

const stateUpdate = z.object({ HistoryItemType: z.literal('StateUpdate') });

function readAll<T>(
  items: readonly unknown[] | null | undefined,
  { path, onProblem }: AlarmsRequest,
  parse: (item: unknown) => T | null,
): readonly T[] {
  const parsed = (items ?? []).map(parse);
  for (const [index, item] of parsed.entries()) {
    if (item === null)
      onProblem({ file: path, line: index + 1, reason: 'an item that cannot be read' });
  }
  return parsed.filter((item) => item !== null);
}

async function readJson<T>(path: string, schema: z.ZodType<T>, command: string): Promise<T> {
  const text = await readText(path);
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const sentence = `${path} is not what \`aws cloudwatch ${command}\` prints as JSON`;
    throw new AppError('input-invalid', sentence, { cause });
  }
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > FILE_BYTES_MAX) {
      throw new AppError('input-invalid', `${path} is larger than ${FILE_BYTES_MAX} bytes`);
    }
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const sentence = `${path} cannot be read: ${(cause as Error).message}`;
    throw new AppError('input-invalid', sentence, { cause });
  }
}
