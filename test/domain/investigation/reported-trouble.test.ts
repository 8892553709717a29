import { describe, expect, it } from 'vitest';
import { asAlarm, asReported } from '../../../src/domain/investigation/reported-trouble.ts';
import { type Symptom, symptomOf } from '../../../src/domain/investigation/symptom.ts';
import { anAssessment, aRankedCause, aRanking } from '../../support/ranking-builders.ts';

const reported = (title: string) =>
  asAlarm({ title, resources: [], startedAtMs: 0, accountId: null, region: 'eu-west-1' });

describe('a report of people', () => {
  it.each<[string, Symptom]>([
    ['checkout returns 5xx', 'errors'],
    ['deploys get access denied', 'denied'],
    ['the shop is down', 'unhealthy'],
    ['web-1: ssh connection refused', 'unhealthy'],
    ['search is very slow', 'latency'],
    ['the bill doubled', 'cost'],
    ['orders queue is piling up', 'backlog'],
    ['API calls are throttled', 'throttled'],
    ['disk full on web-1', 'filling'],
    ['something is odd', 'errors'],
  ])('“%s” is about %s', (title, symptom) => {
    expect(symptomOf(reported(title))).toBe(symptom);
  });

  it('is told in words that name no alarm', () => {
    const cause = {
      ...aRankedCause(),
      assessment: anAssessment(0.5, {
        for: ['it changed sg-0abc, which the alarm watches'],
        against: ['nothing on record ties what it changed to what the alarm watches'],
      }),
    };
    const [told] = asReported(aRanking({ causes: [cause] })).causes;
    expect(told?.assessment).toMatchObject({
      for: ['it changed sg-0abc, which people named'],
      against: ['nothing on record ties what it changed to what people named'],
    });
  });
});
