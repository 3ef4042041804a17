import { toRealtimeError } from '@parley/core'
import type { Provider, RealtimeError, VoiceCapability } from '@parley/core'
import { errorFields } from './telemetry.ts'
import type { Log } from './telemetry.ts'

/** How far the voices of a backend are known. */
export type CatalogView =
  | { readonly state: 'ready'; readonly voices: readonly VoiceCapability[] }
  | { readonly state: 'loading'; readonly progress: CatalogProgress | undefined }
  | { readonly state: 'failed'; readonly error: RealtimeError }

/** Bytes received, and in total where that is known. */
export interface CatalogProgress {
  readonly received: number
  readonly total: number | undefined
}

/** What the catalogs work with. */
export interface VoiceCatalogsOptions {
  /** Ends loads that are under way. */
  readonly signal: AbortSignal
  /** Clock in ms. */
  readonly now: () => number
  readonly log: Log
}

/** The voices of every backend, read in the background when they are first asked for. */
export interface VoiceCatalogs {
  /** The state after waiting a moment for a quick backend. */
  view(provider: Provider): Promise<CatalogView>
}

/** Long enough for a list that is kept, too short for a person to notice. */
const patienceMs = 200

/** A failed load is tried again for whoever asks after this time. */
const retryAfterMs = 10_000

interface Load {
  view: CatalogView
  readonly settled: Promise<void>
  /** `undefined` while it runs. */
  endedAt: number | undefined
}

type ListVoices = NonNullable<Provider['voices']>['list']

/** No catalog has been read yet. */
export function createVoiceCatalogs({ signal, now, log }: VoiceCatalogsOptions): VoiceCatalogs {
  const loads = new Map<string, Load>()

  /** Voices that were known before stay until newer ones are there. */
  function begin(name: string, list: ListVoices, known: CatalogView | undefined): Load {
    const settled = Promise.withResolvers<void>()
    const kept = known?.state === 'ready' ? known : undefined
    const load: Load = {
      view: kept ?? { state: 'loading', progress: undefined },
      settled: settled.promise,
      endedAt: undefined,
    }
    loads.set(name, load)
    const onProgress = (progress: CatalogProgress): void => {
      if (load.view.state === 'loading') load.view = { state: 'loading', progress }
    }
    void list({ signal, onProgress })
      .then(
        (voices) => void (load.view = { state: 'ready', voices }),
        (error: unknown) => {
          log.warn({ backend: name, ...errorFields(error) }, 'voices could not be listed')
          load.view = kept ?? { state: 'failed', error: toRealtimeError(error, 'backend_unavailable') }
        },
      )
      .finally(() => {
        load.endedAt = now()
        settled.resolve()
      })
    return load
  }

  function isDone({ view, endedAt }: Load): boolean {
    if (endedAt === undefined) return false
    return view.state === 'ready' || now() - endedAt >= retryAfterMs
  }

  return {
    async view({ name, voices: catalog, capabilities }) {
      if (catalog === undefined) return { state: 'ready', voices: capabilities.voices }
      const known = loads.get(name)
      // The provider keeps its list, so that asking again is cheap and finds what is new.
      const load =
        known === undefined || isDone(known)
          ? begin(name, (options) => catalog.list(options), known?.view)
          : known
      await withPatience(load.settled)
      return load.view
    },
  }
}

async function withPatience(settled: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(() => late.resolve(), patienceMs)
  await Promise.race([settled, late.promise])
  clearTimeout(timer)
}
