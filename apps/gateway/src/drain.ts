import { errorFields } from './telemetry.ts'
import type { Log } from './telemetry.ts'

/** What has to end, in this order. */
export interface DrainStep {
  readonly name: string
  readonly run: () => Promise<void> | void
}

/**
 * Ends everything in order; a step that fails does not keep the next one from running. Gives up waiting after
 * `timeoutMs`, and says whether all was done by then.
 */
export async function drain(steps: readonly DrainStep[], timeoutMs: number, log: Log): Promise<boolean> {
  const late = Promise.withResolvers<false>()
  const timer = setTimeout(() => late.resolve(false), timeoutMs)
  const done = runAll(steps, log)
  const inTime = await Promise.race([done, late.promise])
  clearTimeout(timer)
  if (!inTime) log.warn({ timeoutMs }, 'drain took too long')
  return inTime
}

async function runAll(steps: readonly DrainStep[], log: Log): Promise<true> {
  for (const { name, run } of steps) {
    try {
      await run()
    } catch (error) {
      log.error({ step: name, ...errorFields(error) }, 'drain step failed')
    }
  }
  return true
}
