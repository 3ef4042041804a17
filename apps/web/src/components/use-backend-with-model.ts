'use client'

import { useEffect, useState } from 'react'
import type { Backend, GatewayClient } from '../gateway-client.ts'

/** The backend with what it can do with the chosen model; with its default model until that is known. */
export function useBackendWithModel(
  client: GatewayClient,
  backend: Backend | undefined,
  model: string,
): Backend | undefined {
  const [known, setKnown] = useState<{ readonly model: string; readonly backend: Backend }>()
  const name = backend?.name
  useEffect(() => {
    if (name === undefined || model === '') return
    let isStale = false
    client.backend(name, model).then(
      (told) => {
        if (!isStale) setKnown({ model, backend: told })
      },
      // The list of backends is asked again until the gateway answers; until then its default counts.
      () => undefined,
    )
    return () => {
      isStale = true
    }
  }, [client, name, model])
  return known !== undefined && known.model === model && known.backend.name === name ? known.backend : backend
}
