import type { HistoryItem, OtherAlarms } from '../alarm-files.ts';
import { historyItem, stamp, topicIn } from '../alarm-files.ts';
import { ACCOUNT, HOME } from '../recorder.ts';
import { clockYesterday, STORY_START_MS } from '../story-time.ts';

const DAY_MS = 86_400_000;
const COMPOSITE_NAME = 'storefront-degraded';

export function createOtherAlarms(): OtherAlarms {
  return { composites: [compositeAlarm()], history: [configurationUpdate()] };
}

function compositeAlarm(): object {
  return {
    AlarmName: COMPOSITE_NAME,
    AlarmArn: `arn:aws:cloudwatch:${HOME}:${ACCOUNT}:alarm:${COMPOSITE_NAME}`,
    AlarmDescription: 'The storefront fails while search is busy.',
    AlarmConfigurationUpdatedTimestamp: stamp(STORY_START_MS - 61 * DAY_MS),
    AlarmRule: 'ALARM("storefront-5xx") AND ALARM("search-cpu-high")',
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [topicIn(HOME)],
    InsufficientDataActions: [],
    StateValue: 'OK',
    StateReason: `arn:aws:cloudwatch:${HOME}:${ACCOUNT}:alarm:${COMPOSITE_NAME} was created and its alarm rule evaluates to OK`,
    StateReasonData: '{"triggeringAlarms":[]}',
    StateUpdatedTimestamp: stamp(STORY_START_MS - 61 * DAY_MS),
    StateTransitionedTimestamp: stamp(STORY_START_MS - 61 * DAY_MS),
  };
}

/** Terraform changed a threshold the day before. */
function configurationUpdate(): HistoryItem {
  return historyItem('checkout-5xx', clockYesterday('13:06:18'), 'ConfigurationUpdate', {
    summary: 'Alarm "checkout-5xx" updated',
    data: {
      version: '1.0',
      type: 'Update',
      updatedAlarm: { threshold: 10, evaluationPeriods: 3, period: 60 },
    },
  });
}
