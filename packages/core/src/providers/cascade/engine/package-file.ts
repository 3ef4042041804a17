import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'

/** Path of a file inside an installed package, also of one that its `exports` do not name. Throws without the package. */
export function packageFile(packageName: string, path: string): string {
  const manifest = findPackageJSON(packageName, import.meta.url)
  if (manifest === undefined) throw new Error(`The package ${packageName} is not installed.`)
  return join(dirname(manifest), path)
}
