import type { Session } from '../../events/session-config.ts'
import type { SessionState } from '../session-state.ts'

/** Whether speech of the user interrupts an answer in this session. */
export function interrupts(session: Session, { settings }: SessionState): boolean {
  if (settings.supplied.listening) return settings.supplied.listening.interruptResponse
  if (session.type !== 'realtime') return false
  const detection = session.audio?.input?.turn_detection
  return detection != null && detection.interrupt_response !== false
}
