import type { Session } from '../../events/session-config.ts'
import type { SessionOutput, SessionState } from '../session-state.ts'

/** When a session at a backend that begins at `at` ends: by what the backend says or what is known of it. */
export function endOf(session: Session, { capabilities }: SessionState, at: number): number | undefined {
  const { sessionLimitMinutes: minutes } = capabilities
  const told = session.expires_at == null ? undefined : session.expires_at * 1000
  const ends = [
    ...(typeof minutes === 'number' ? [at + minutes * 60_000] : []),
    // A backend that reports no time, or whose clock is far off, says 0 or something past.
    ...(told !== undefined && told > at ? [told] : []),
  ]
  return ends.length === 0 ? undefined : Math.min(...ends)
}

/** Asks to be woken when it is time to prepare for the end of the session in use. */
export function watchLimit({ upstream, recovery }: SessionState): readonly SessionOutput[] {
  if (!recovery || upstream.endsAt === undefined) return []
  return [{ to: 'clock', wakeAt: upstream.endsAt - recovery.leadMs }]
}
