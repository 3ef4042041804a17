import { destination, pino } from 'pino'
import type { Logger } from 'pino'

/** Writes a static message with fields. Fields never hold audio, transcripts, prompts, keys or whole URLs. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** Levels a log can be set to, from everything to nothing. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

/** JSON lines on standard error; standard output belongs to the start-up line. */
export function createLog(level: (typeof logLevels)[number]): Log {
  return pino({ level, base: null }, destination({ dest: 2, sync: true }))
}

/**
 * The parts of an error that are safe to write: its code and where it was thrown. Messages are left out, since
 * some quote what a peer sent.
 */
export function errorFields(error: unknown): { readonly error: string; readonly at: readonly string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return { error: code, at: frames.map((line) => line.trim()) }
}
