import type { TriageCommand } from './triage-command.ts';

/**
 * The line that asks the same of one incident, to be copied by whoever has to say which; null where
 * nothing was typed that could be lost.
 */
export function lineFor(request: TriageCommand, incidentId: string): string | null {
  switch (request.kind) {
    case 'take':
    case 'redact':
    case 'export':
      return `${request.kind} ${incidentId}`;
    case 'note':
      return `note ${incidentId} ${request.text}`;
    case 'title':
      return `title ${incidentId} ${request.title}`;
    case 'handoff':
      return joined('handoff', incidentId, `<@${request.userId}>`, request.words);
    case 'escalate': {
      const { to, reason } = request;
      return joined('escalate', incidentId, reason === null ? to : `${to ?? ''}:`, reason);
    }
    case 'severity':
      return joined('severity', incidentId, request.severity);
    case 'relocate':
      return joined('move', incidentId, request.channelId && `<#${request.channelId}>`);
    case 'close':
    case 'reopen':
      return joined(request.kind, incidentId, request.reason);
    default:
      return null;
  }
}

function joined(...parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join(' ');
}
