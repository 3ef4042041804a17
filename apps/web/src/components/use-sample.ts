'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { GatewayClient } from '../gateway-client.ts'

/** A voice being heard before it is chosen. */
export interface Sample {
  readonly state: 'silent' | 'loading' | 'playing' | 'failed'
  readonly play: (voice: { readonly name: string; readonly language: string }) => void
  readonly stop: () => void
}

/** Plays one sample at a time; closing the page or starting another one stops it. */
export function useSample(client: GatewayClient, backend: string): Sample {
  const [state, setState] = useState<Sample['state']>('silent')
  const running = useRef<AbortController>(undefined)

  const stop = useCallback(() => {
    running.current?.abort()
    running.current = undefined
    setState('silent')
  }, [])
  useEffect(() => () => running.current?.abort(), [])

  const play = useCallback(
    (voice: { readonly name: string; readonly language: string }): void => {
      running.current?.abort()
      const abort = new AbortController()
      running.current = abort
      setState('loading')
      void hear(client, { backend, voice: voice.name, language: voice.language }, abort.signal, () =>
        setState('playing'),
      ).then(
        () => !abort.signal.aborted && setState('silent'),
        () => !abort.signal.aborted && setState('failed'),
      )
    },
    [client, backend],
  )
  return { state, play, stop }
}

async function hear(
  client: GatewayClient,
  sample: { readonly backend: string; readonly voice: string; readonly language: string },
  signal: AbortSignal,
  onPlaying: () => void,
): Promise<void> {
  const url = URL.createObjectURL(await client.voiceSample(sample, signal))
  try {
    signal.throwIfAborted()
    const audio = new Audio(url)
    signal.addEventListener('abort', () => audio.pause())
    const { promise: ended, resolve, reject } = Promise.withResolvers<void>()
    audio.addEventListener('ended', () => resolve())
    audio.addEventListener('pause', () => resolve())
    audio.addEventListener('error', () => reject(new Error('The sample is no sound.')))
    await audio.play()
    onPlaying()
    await ended
  } finally {
    URL.revokeObjectURL(url)
  }
}
