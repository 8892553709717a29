import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { METRICS } from '../../src/observe/metric-table.ts';

const read = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');

const dashboard = z
  .object({
    panels: z.array(
      z.object({
        title: z.string().min(1),
        description: z.string().min(1),
        targets: z.array(z.object({ expr: z.string() })).min(1),
      }),
    ),
  })
  .parse(JSON.parse(read('deploy/grafana/redthread.json')));

const rules = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            alert: z.string().regex(/^Redthread[A-Z]\w+$/),
            expr: z.string(),
            labels: z.object({ severity: z.enum(['page', 'ticket']) }),
            annotations: z.object({
              summary: z.string().regex(/\.$/),
              action: z.string().regex(/^[A-Z].*\.$/s),
            }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(read('deploy/prometheus/alerts.yaml')))
  .groups.flatMap((group) => group.rules);

const panels = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
const expressions = [...panels, ...rules.map(({ expr }) => expr)];

/** Functions, keywords and labels of PromQL also look like names: ours begin with these. */
const NAMES = /\b(?:redthread|process|nodejs)_\w+/g;
const namesIn = (text: string) =>
  [...text.matchAll(NAMES)].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''));

describe('the dashboard and the alert rules', () => {
  it('name only metrics that the bot has', () => {
    const names = expressions.flatMap(namesIn);
    expect(names.length).toBeGreaterThan(expressions.length - 1);
    expect(names.filter((name) => !Object.hasOwn(METRICS, name))).toEqual([]);
  });

  it('ask only for labels that these metrics have', () => {
    const usual = ['job', 'instance', 'le'];
    const wrong = expressions.flatMap((text) =>
      [...text.matchAll(/\b(\w+?)(?:_bucket)?\{([^}]*)\}/g)].flatMap(
        ([, name = '', inside = '']) => {
          const has: readonly string[] =
            Object.entries(METRICS).find(([key]) => key === name)?.[1].labels ?? [];
          const asked = [...inside.matchAll(/(\w+)\s*(?:=~|!=|=)/g)].map(([, label = '']) => label);
          return asked.filter((label) => ![...usual, ...has].includes(label));
        },
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('leave no metric of ours out of sight', () => {
    const seen = new Set(expressions.flatMap(namesIn));
    const unseen = Object.keys(METRICS).filter((name) => !seen.has(name));
    expect(unseen).toEqual([]);
  });

  it('have one name each, and their brackets are closed', () => {
    const names = rules.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    const odd = expressions.filter((text) =>
      ['()', '{}', '[]'].some(
        ([open, close]) => text.split(`${open}`).length !== text.split(`${close}`).length,
      ),
    );
    expect(odd).toEqual([]);
  });

  it('are all explained in the guide', () => {
    const guide = read('operating.md');
    expect(rules.map(({ alert }) => alert).filter((name) => !guide.includes(name))).toEqual([]);
    expect(Object.keys(METRICS).filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });
});
