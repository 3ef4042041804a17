import type { ContextMaterial } from '../../context/context-plan.ts'
import type { Summarizer } from '../ports.ts'
import type { SummaryRequest } from './memory.ts'

/** Longest wait for a summary (ms). Nobody waits for it but the next summary. */
const summaryTimeoutMs = 60_000

/** Has summaries written beside the session, one at a time. */
export interface SummaryWriter {
  /** Gives up the one that is being written. */
  write(request: SummaryRequest): void
  stop(): void
}

/** A writer that tells of each summary, with `undefined` where none could be had in time. */
export function createSummaryWriter(
  summarizer: Summarizer,
  written: (summary: ContextMaterial['summary']) => void,
): SummaryWriter {
  let current: AbortController | undefined

  async function summarise(
    request: SummaryRequest,
    signal: AbortSignal,
  ): Promise<ContextMaterial['summary']> {
    const { throughItemId, ...asked } = request
    try {
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(summaryTimeoutMs)])
      const text = await summarizer.summarize({ ...asked, signal: bounded })
      return { throughItemId, text, by: summarizer.name }
    } catch {
      // A call goes on without summaries: the next plan takes sentences in their place.
      return undefined
    }
  }

  return {
    write(request) {
      current?.abort()
      const controller = new AbortController()
      current = controller
      void summarise(request, controller.signal).then((summary) => {
        if (!controller.signal.aborted) written(summary)
      })
    },
    stop() {
      current?.abort()
    },
  }
}
