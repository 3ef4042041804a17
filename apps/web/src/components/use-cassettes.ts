'use client'

import { useCallback, useMemo, useState } from 'react'
import type { CassetteSummary, GatewayClient } from '../gateway-client.ts'

/** The recorded sessions, newest first. */
export interface Cassettes {
  readonly all: readonly CassetteSummary[]
  readonly status: 'loading' | 'loaded' | 'failed'
  readonly refresh: () => void
  readonly remove: (id: string) => Promise<void>
}

/** Loads the list when it is told to. */
export function useCassettes(client: GatewayClient): Cassettes {
  const [all, setAll] = useState<readonly CassetteSummary[]>([])
  const [status, setStatus] = useState<Cassettes['status']>('loading')

  const refresh = useCallback(() => {
    client.cassettes().then(
      (found) => {
        setAll(found)
        setStatus('loaded')
      },
      () => setStatus('failed'),
    )
  }, [client])

  const remove = useCallback(
    async (id: string): Promise<void> => {
      await client.deleteCassette(id)
      setAll((before) => before.filter((cassette) => cassette.id !== id))
    },
    [client],
  )

  return useMemo(() => ({ all, status, refresh, remove }), [all, status, refresh, remove])
}
