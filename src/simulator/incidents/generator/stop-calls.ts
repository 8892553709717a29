export function stopRequest(...ids: readonly string[]): object {
  return { instancesSet: { items: ids.map((instanceId) => ({ instanceId })) }, force: false };
}

export function stopResponse(ids: readonly string[]): object {
  const items = ids.map((instanceId) => ({
    instanceId,
    currentState: { code: 64, name: 'stopping' },
    previousState: { code: 16, name: 'running' },
  }));
  return { instancesSet: { items } };
}
