'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { BackendList, GatewayClient } from '../gateway-client.ts'

/** A gateway that does not answer is asked again after this time. */
const retryMs = 2000

/** What the gateway has behind it, `undefined` until it has told; and the means to ask again. */
export function useBackends(client: GatewayClient): {
  readonly list: BackendList | undefined
  readonly refresh: () => void
} {
  const [list, setList] = useState<BackendList | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const refresh = useCallback((): void => {
    clearTimeout(timer.current)
    client.backends().then(setList, () => {
      clearTimeout(timer.current)
      timer.current = setTimeout(refresh, retryMs)
    })
  }, [client])
  useEffect(() => {
    refresh()
    return () => clearTimeout(timer.current)
  }, [refresh])
  return { list, refresh }
}
