import { connection } from 'next/server'
import type { JSX } from 'react'
import { Playground } from '../components/playground.tsx'
import { readConfig } from '../config.ts'

/** The playground. Where the gateway is, is read for each request; its key stays here. */
export default async function Page(): Promise<JSX.Element> {
  await connection()
  const { gatewayUrl, key } = readConfig()
  return <Playground gatewayUrl={gatewayUrl} needsSecret={key !== undefined} />
}
