'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Download, GatewayClient } from '../gateway-client.ts'
import { GatewayError } from '../gateway-request.ts'

/** The models that can be downloaded, with what can be done about them. */
export interface Downloads {
  readonly all: readonly Download[]
  readonly start: (id: string) => void
  readonly cancel: (id: string) => void
}

/** Follows the downloads that run; `onReady` is told when one is complete. */
export function useDownloads(client: GatewayClient, onReady: () => void): Downloads {
  const [all, setAll] = useState<readonly Download[]>([])
  const watched = useRef(new Map<string, AbortController>())
  const ready = useRef(onReady)
  useEffect(() => {
    ready.current = onReady
  }, [onReady])

  const replace = useCallback((download: Download): void => {
    setAll((before) => before.map((other) => (other.id === download.id ? download : other)))
    if (download.status === 'ready') ready.current()
  }, [])

  const refresh = useCallback(async (): Promise<readonly Download[]> => {
    const found = await client.downloads()
    setAll(found)
    return found
  }, [client])

  const watch = useCallback(
    (id: string): void => {
      if (watched.current.has(id)) return
      const abort = new AbortController()
      watched.current.set(id, abort)
      void client
        .watchDownload(id, replace, abort.signal)
        .catch(() => undefined)
        .finally(() => {
          watched.current.delete(id)
          // The stream may end without a last word: the list has it.
          if (!abort.signal.aborted) void refresh().catch(() => undefined)
        })
    },
    [client, refresh, replace],
  )

  useEffect(() => {
    const streams = watched.current
    void refresh()
      .then((found) => {
        for (const { id, status } of found) if (status === 'downloading') watch(id)
      })
      .catch(() => undefined)
    return () => {
      for (const abort of streams.values()) abort.abort()
    }
  }, [refresh, watch])

  const start = useCallback(
    (id: string): void => {
      const known = all.find((download) => download.id === id)
      if (known) replace({ ...known, status: 'downloading' })
      client.startDownload(id).then(
        () => watch(id),
        (error: unknown) => {
          const reason = error instanceof GatewayError ? error.message : ''
          if (known) replace({ ...known, status: 'failed', error: reason })
        },
      )
    },
    [all, client, replace, watch],
  )

  const cancel = useCallback(
    (id: string): void => {
      void client
        .cancelDownload(id)
        .catch(() => undefined)
        .then(() => refresh())
        .catch(() => undefined)
    },
    [client, refresh],
  )

  return useMemo(() => ({ all, start, cancel }), [all, start, cancel])
}
