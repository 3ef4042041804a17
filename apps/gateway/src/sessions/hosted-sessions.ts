import type { ResumableSession } from './resumable-session.ts'

/** The resumable sessions of this process. */
export interface HostedSessions {
  /** Runs a session; it can be found until `run` has settled. */
  host(session: ResumableSession, run: () => Promise<void>): Promise<void>
  find(id: string): ResumableSession | undefined
}

/** None yet. */
export function createHostedSessions(): HostedSessions {
  const sessions = new Map<string, ResumableSession>()
  return {
    async host(session, run) {
      sessions.set(session.id, session)
      try {
        await run()
      } finally {
        sessions.delete(session.id)
      }
    },
    find: (id) => sessions.get(id),
  }
}
