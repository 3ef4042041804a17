import type { Provider } from '@parley/core'

/** The backends a person can choose: the replay is one as soon as there is a cassette. */
export function shownBackends(backends: ReadonlyMap<string, Provider>): ReadonlyMap<string, Provider> {
  const replay = backends.get('replay')
  if (replay === undefined || replay.capabilities.models.length > 0) return backends
  return new Map([...backends].filter(([, provider]) => provider !== replay))
}
