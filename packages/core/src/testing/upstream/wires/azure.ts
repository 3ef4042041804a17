import { z } from 'zod'
import type { Account, Admission, Handshake } from '../wire.ts'

type Violate = (rule: string) => void

/** Refuses what is not a key in `api-key` or an Entra token as bearer; `undefined` when the caller is known. */
export function refuseCaller(
  { headers, query }: Handshake,
  account: Account,
  violate: Violate,
): Admission | undefined {
  for (const name of ['api-key', 'api_key', 'authorization', 'Authorization', 'key', 'access_token'])
    if (query.has(name)) violate(`query parameter ${name}: credentials belong into a header`)
  const { authorization, 'api-key': key } = headers
  const denied = (code: string): Admission => ({
    kind: 'http',
    status: 401,
    code,
    message: 'Access denied due to invalid subscription key or wrong API endpoint.',
  })
  if (key !== undefined && authorization !== undefined) violate('both api-key and Authorization')
  if (key !== undefined) return key === account.key ? undefined : denied('401')
  if (authorization === undefined) {
    violate('no credentials')
    return denied('401')
  }
  const token = /^Bearer (.+)$/.exec(authorization)?.[1]
  if (token === account.key && token !== account.token) violate('a key as bearer token')
  return token !== undefined && token === account.token ? undefined : denied('PermissionDenied')
}

/** Refuses a path that is not the service's. */
export function refusePath({ path }: Handshake, own: string, violate: Violate): Admission | undefined {
  if (path === own) return undefined
  violate(`path ${path} instead of ${own}`)
  return { kind: 'http', status: 404, code: '404', message: 'Resource not found' }
}

/** Refuses a deployment the resource does not have. */
export function refuseDeployment(
  deployment: string | null,
  account: Account,
  violate: Violate,
): Admission | undefined {
  if (deployment === null || deployment === '') violate('no deployment')
  else if (account.deployments?.includes(deployment) !== false) return undefined
  return {
    kind: 'http',
    status: 404,
    code: 'DeploymentNotFound',
    message: 'The API deployment for this resource does not exist.',
  }
}

/** Names that are models of OpenAI and no one's deployment, unless the account says so. */
const modelIds = /^(whisper-1|gpt-(live-|4o-(mini-)?)?transcribe[\w.-]*|gpt-realtime-whisper)$/

/** On Azure `transcription.model` is the name of a deployment. */
export function transcriptionDeployment({ transcriptionDeployments: names }: Account): z.ZodType {
  return names === undefined
    ? z.string().refine((name) => name !== '' && !modelIds.test(name), 'not the name of a deployment')
    : z.string().refine((name) => names.includes(name), 'not the name of a deployment')
}

/** Says so when a query parameter is not one of the service's. */
export function checkQuery({ query }: Handshake, known: readonly string[], violate: Violate): void {
  for (const name of new Set(query.keys()))
    if (!known.includes(name)) violate(`query parameter ${name} is not one of ${known.join(', ')}`)
}
