'use client'

import { createContext, useContext, useEffect, useMemo, useState, type JSX, type ReactNode } from 'react'
import { gatewayClient, type GatewayClient } from '../gateway-client.ts'
import { createStore, type Store } from '../session/store.ts'

/** Whether the gateway answers this browser. */
export type Reach = 'unknown' | 'reachable' | 'gone'

/** The gateway as every view reaches it. */
export interface Gateway {
  /** Origin of the gateway, for sessions. */
  readonly gatewayUrl: string
  /** True when the gateway wants a key: the page's server mints a secret for each session. */
  readonly needsSecret: boolean
  /** Where REST goes: the gateway, or the page's own way to it where that needs a key. */
  readonly apiUrl: string
  readonly client: GatewayClient
  readonly reach: Store<Reach>
}

const GatewayContext = createContext<Gateway | undefined>(undefined)

/** The gateway of the page; throws outside of the provider. */
export function useGateway(): Gateway {
  const gateway = useContext(GatewayContext)
  if (!gateway) throw new Error('GatewayProvider is missing.')
  return gateway
}

/** Gives every view the gateway, and watches whether it answers. */
export function GatewayProvider(props: {
  readonly gatewayUrl: string
  readonly needsSecret: boolean
  readonly children: ReactNode
}): JSX.Element {
  const { gatewayUrl, needsSecret } = props
  const [reach] = useState(() => createStore<Reach>('unknown'))
  const gateway = useMemo<Gateway>(() => {
    const apiUrl = needsSecret ? '/api/gateway' : gatewayUrl
    return { gatewayUrl, needsSecret, apiUrl, client: gatewayClient(apiUrl), reach }
  }, [gatewayUrl, needsSecret, reach])
  useEffect(() => watchReach(gatewayUrl, reach), [gatewayUrl, reach])
  return <GatewayContext value={gateway}>{props.children}</GatewayContext>
}

/** A gateway that answered is asked again after the first time, one that did not after the second; in ms. */
const calmMs = 15_000
const goneMs = 2_000

/** Asks again and again while the page is seen; returns the way to stop. */
function watchReach(gatewayUrl: string, reach: Store<Reach>): () => void {
  const abort = new AbortController()
  const { signal } = abort
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = (): void => {
    clearTimeout(timer)
    if (document.hidden) return
    // Any answer shows that it is there, so what it says need not be readable from this origin.
    fetch(`${gatewayUrl}/healthz`, { mode: 'no-cors', cache: 'no-store', signal })
      .then(
        () => reach.set('reachable'),
        () => {
          if (!signal.aborted) reach.set('gone')
        },
      )
      .finally(() => {
        if (!signal.aborted) timer = setTimeout(ask, reach.get() === 'gone' ? goneMs : calmMs)
      })
  }
  document.addEventListener('visibilitychange', ask, { signal })
  addEventListener('online', ask, { signal })
  addEventListener('offline', ask, { signal })
  ask()
  return () => {
    clearTimeout(timer)
    abort.abort()
  }
}
