import { join } from 'node:path'
import { CommandFailure } from '../command-failure.ts'
import { repositoryRoot, setting } from '../environment.ts'
import type { Environment } from '../environment.ts'
import { runningGateway } from '../gateway/running-gateway.ts'
import { useGateway } from '../gateway/use-gateway.ts'
import type { UsedGateway } from '../gateway/use-gateway.ts'
import { liveProgress } from '../terminal/live-progress.ts'
import { tell } from '../terminal/terminal.ts'
import type { TalkRequest } from './options.ts'

/** A conversation with a name is kept where the gateway keeps its own; any other is forgotten. */
export async function talkGateway(
  { gateway, key, conversation }: TalkRequest,
  { environment, signal }: { readonly environment: Environment; readonly signal: AbortSignal },
): Promise<UsedGateway> {
  using progress = liveProgress()
  const dataDir = setting(environment, 'PARLEY_DATA_DIR') ?? join(repositoryRoot, '.parley')
  const lines: string[] = []
  try {
    const used = await useGateway({
      gateway,
      key,
      environment,
      settings: conversation === undefined ? {} : { PARLEY_STORE: 'sqlite', PARLEY_DATA_DIR: dataDir },
      signal,
      onProgress: (text) => progress.say(text),
      onLine: (line) => lines.push(line),
    })
    progress.clear()
    lines.forEach(tell)
    return used
  } catch (error) {
    progress.clear()
    const owner = lines.map(storeOwner).find((found) => found !== undefined)
    if (owner !== undefined) throw storeInUse(owner, await runningGateway(environment))
    lines.forEach(tell)
    throw error
  }
}

/** Who holds the conversations, in the words of a gateway that could not have them. */
export function storeOwner(line: string): string | undefined {
  return /conversation store at .+ is in use by (.+?)\. Stop it/.exec(line)?.[1]
}

/** One process at a time has the conversations of a folder; the other way to them is through it. */
export function storeInUse(owner: string, url: string | undefined): CommandFailure {
  const way =
    url === undefined
      ? 'Add --gateway with its address (the line "gateway: ..." it began with)'
      : `One answers at ${url}: add --gateway ${url}`
  return new CommandFailure(
    `The kept conversations are in use by a gateway that runs already: ${owner}.\n${way}, or set PARLEY_DATA_DIR to another folder.`,
  )
}

/** How a conversation ended that neither the person nor this command ended, and how it can go on. */
export interface LostConversation {
  readonly reason: string
  /** As the gateway calls it; `undefined` before it said so. */
  readonly id: string | undefined
  /** What was asked for with `--conversation`. */
  readonly kept: string | undefined
  /** What was asked for with `--gateway`. */
  readonly gateway: string | undefined
}

/** Says that the session is over, and how to go on. */
export function sessionLost({ reason, id, kept, gateway }: LostConversation): CommandFailure {
  const name = kept ?? (gateway === undefined ? undefined : id)
  const where = gateway === undefined ? '' : ` --gateway ${gateway}`
  const way =
    name === undefined
      ? 'What was said is gone with it: give --conversation <name> to have it kept.'
      : `When the gateway answers again, go on with: parley talk${where} --conversation ${name}`
  return new CommandFailure(`The session with the gateway broke off: ${reason.replace(/\.$/, '')}.\n${way}`)
}
