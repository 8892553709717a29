import { defineConfig } from 'vitest/config';
import { MUTATION_GROUPS, type MutationGroup } from './groups.ts';

const groups: Readonly<Record<string, MutationGroup>> = MUTATION_GROUPS;
const group = groups[process.env['REDTHREAD_MUTATION_GROUP'] ?? ''];

// Stryker's own choice of test files (`testFiles`) leaves mutants of tables switched off.
export default defineConfig({ test: { include: [...(group?.tests ?? [])] } });
