import { connect } from './test-client.ts'
import type { TestClient } from './test-client.ts'

/** A client that has a session it can come back to. */
export interface ResumableClient {
  readonly client: TestClient
  readonly token: string
}

/** Opens a resumable session. */
export async function begin(
  url: string,
  query = '',
  headers: Readonly<Record<string, string>> = {},
): Promise<ResumableClient> {
  const client = await connect(`${url}/v1/realtime?resume=new${query}`, [], { headers })
  const { token } = await client.next('parley.session.resumable')
  await client.next('session.created')
  return { client, token: String(token) }
}

/** Comes back to a session with the events up to `after`. */
export function back(
  url: string,
  token: string,
  after: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<TestClient> {
  return connect(`${url}/v1/realtime?resume=${token}&after=${after}`, [], { headers })
}

/** Server events that count. */
export function numbered({ events }: TestClient): TestClient['events'] {
  return events.filter(({ type }) => !/^parley\.session\.(resum|progress|leaving)/.test(type))
}
