'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { VoiceCapability } from '@parley/core'
import type { GatewayClient, VoicePage, VoiceQuery } from '../gateway-client.ts'
import { GatewayError } from '../gateway-request.ts'

/** Voices asked for at once. */
const pageLength = 60

/** A letter may follow within this time. */
const typingPauseMs = 150

/** The list is asked for again after this time while the backend is still telling it. */
const loadingPauseMs = 400

/** The voices found so far, and how the search stands. */
export interface FoundVoices {
  readonly voices: readonly VoiceCapability[]
  readonly total: number
  readonly state: VoicePage['state'] | 'searching'
  readonly progress: VoicePage['progress']
  readonly help: string | null
  /** False when a voice can only be heard in a session. */
  readonly samples: boolean
  readonly loadMore: () => void
  readonly retry: () => void
}

type Found = Omit<FoundVoices, 'loadMore' | 'retry'> & { readonly next: string | null }

const nothing: Found = {
  voices: [],
  total: 0,
  state: 'searching',
  progress: null,
  help: null,
  samples: true,
  next: null,
}

/** Searches as the query changes; the last answer stays until the next one is there. */
export function useVoices(client: GatewayClient, query: VoiceQuery): FoundVoices {
  const { backend, text, language, gender, kind } = query
  const asked = useMemo(
    () => ({ backend, text, language, gender, kind }),
    [backend, text, language, gender, kind],
  )
  const [found, setFound] = useState<Found>(nothing)
  const [attempt, setAttempt] = useState(0)
  const search = useRef<AbortController>(undefined)
  const isFirst = useRef(true)

  const load = useCallback(
    async (cursor: string | undefined, signal: AbortSignal): Promise<void> => {
      try {
        const page = await client.voices(asked, { cursor, limit: pageLength, signal })
        signal.throwIfAborted()
        setFound((before) => ({
          ...page,
          voices: cursor === undefined ? page.voices : [...before.voices, ...page.voices],
        }))
        if (page.state === 'loading') {
          await pause(loadingPauseMs, signal)
          await load(cursor, signal)
        }
      } catch (error) {
        if (signal.aborted) return
        const help = error instanceof GatewayError ? error.message : null
        setFound({ ...nothing, state: 'failed', help })
      }
    },
    [client, asked],
  )

  useEffect(() => {
    const abort = new AbortController()
    search.current = abort
    setFound((before) => ({ ...before, state: 'searching', next: null }))
    const wait = isFirst.current ? 0 : typingPauseMs
    isFirst.current = false
    const timer = setTimeout(() => void load(undefined, abort.signal), wait)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [load, attempt])

  const loadMore = useCallback(() => {
    const { signal } = search.current ?? {}
    if (found.next === null || found.state !== 'ready' || signal === undefined) return
    setFound({ ...found, next: null })
    void load(found.next, signal)
  }, [found, load])
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  return useMemo(() => ({ ...found, loadMore, retry }), [found, loadMore, retry])
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new Error('Given up.'))
    })
  })
}
