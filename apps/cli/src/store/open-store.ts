import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { RealtimeError } from '@parley/core'
import { sqliteStore } from '@parley/core/storage'
import type { ContextStore } from '@parley/core/storage'
import { CommandFailure, usageError } from '../command-failure.ts'
import { repositoryRoot, setting } from '../environment.ts'
import type { Environment } from '../environment.ts'

const postgresAddress = /^postgres(ql)?:\/\//

/** Where conversations are kept: a PostgreSQL database by its address, or a file of the embedded store. */
export type StoreAddress = string

/** The file in which a gateway of this environment keeps conversations when it has no database. */
export function usualFile(environment: Environment): StoreAddress {
  const folder = setting(environment, 'PARLEY_DATA_DIR') ?? join(repositoryRoot, '.parley')
  return join(folder, 'conversations.sqlite')
}

/** Where a gateway of this environment keeps conversations. */
export function usualStore(environment: Environment): StoreAddress {
  return setting(environment, 'PARLEY_DATABASE_URL') ?? usualFile(environment)
}

/** The address as it may be shown: without user and password. */
export function shownAddress(address: StoreAddress): string {
  if (!postgresAddress.test(address)) return resolve(address)
  const url = URL.parse(address)
  return url === null ? 'the database' : `${url.host}${url.pathname}`
}

/**
 * Opens the store at an address. Rejects with a usage error for a file that must be there and is not, and with the
 * store's own words when somebody holds it or it cannot be reached.
 */
export async function openStore(
  address: StoreAddress,
  { mustExist }: { readonly mustExist: boolean },
): Promise<ContextStore> {
  try {
    if (postgresAddress.test(address)) {
      const { postgresStore } = await import('@parley/core/storage/postgres')
      return await postgresStore({ url: address })
    }
    if (mustExist && (await stat(address).catch(() => undefined)) === undefined) {
      throw usageError(`There is no file of conversations at ${resolve(address)}.`)
    }
    return await sqliteStore({ path: address })
  } catch (cause) {
    if (!(cause instanceof RealtimeError)) throw cause
    throw new CommandFailure(cause.message, undefined, { cause })
  }
}
