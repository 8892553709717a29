import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEMO_INCIDENT_NAMES, demoIncident } from '../../src/cli/demo-incidents.ts';
import { readIncidentFolder } from '../../src/simulator/aws/incident-folder.ts';
import { startDemoProcess } from '../support/e2e/demo-process.ts';
import { runCommand } from '../support/run-command.ts';

const alarmsSchema = z.object({
  MetricAlarms: z.array(z.object({ AlarmName: z.string(), StateValue: z.string() })),
});

describe('redthread demo --incident', () => {
  it('names the incidents that there are when one is unknown', async () => {
    const { code, out, errors } = await runCommand('demo', '--incident', 'moon-landing');
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(errors).toBe(
      `redthread: demo: there is no incident “moon-landing”; there are ${DEMO_INCIDENT_NAMES.join(', ')}\n`,
    );
  });

  it('says what is missing when no name is given', async () => {
    const { code, errors } = await runCommand('demo', '--incident');
    expect(code).toBe(2);
    expect(errors).toMatch(/^redthread: demo: .*--incident.*\n$/);
  });

  it.each(DEMO_INCIDENT_NAMES.slice(1))('is told in the help with %s', async (name) => {
    const { out } = await runCommand('help');
    expect(out).toContain('--incident NAME');
    expect(out).toContain(name);
  });

  it('plays the incident that was asked for, and says how to come to it', {
    timeout: 120_000,
  }, async () => {
    const demo = await startDemoProcess('--incident', 'ssh-timeout');
    const code = await demo.stop();
    expect(demo.output()).toContain(demoIncident('ssh-timeout').opening);
    expect(demo.output()).toContain(demoIncident('ssh-timeout').question);
    expect(code).toBe(0);
  });

  it.each(DEMO_INCIDENT_NAMES)('has for %s an alarm that is in ALARM', (name) => {
    const { folder, alarm } = demoIncident(name);
    const { MetricAlarms } = alarmsSchema.parse(JSON.parse(readIncidentFolder(folder).alarms));
    expect(MetricAlarms.find(({ AlarmName }) => AlarmName === alarm)?.StateValue).toBe('ALARM');
  });
});
