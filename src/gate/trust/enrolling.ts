// Enrolling a device: what is believed first is what a person has compared with paper. Loaded where the address names a root.
import type { Config, ConfigFault } from '../../core/belief.ts'
import type { Store as Written } from '../../browser/store.ts'
import type { KeyringState } from './keyring.ts'
import { fetchConfig } from './refresh.ts'

export type Enrolling = {
  /** The fingerprint that the link named. */
  readonly root: string
} & (
  | { readonly outcome: 'asking' }
  /** `config.json` could not be had, or is wrong. */
  | { readonly outcome: 'no-config'; readonly fault: ConfigFault | 'missing'; readonly again: () => void }
  /** The config holds another root: no way leads on. */
  | { readonly outcome: 'mismatch'; readonly config: Config }
  /** It holds that root. Whether that is the right one, and this the right address, only the paper can tell. */
  | { readonly outcome: 'match'; readonly config: Config; readonly confirm: () => void }
  | { readonly outcome: 'confirmed'; readonly over: () => void }
)

/**
 * Asks for `config.json` and for nothing else, and gives its text once a person has confirmed it. Never, where it holds
 * another root than the link named.
 */
export function enrol(root: string, state: Written<KeyringState>): Promise<string> {
  const show = (enrolling: Enrolling | undefined): void => state.write({ ...state.read(), enrolling })
  return new Promise((resolve) => {
    async function ask(): Promise<void> {
      show({ root, outcome: 'asking' })
      const fetched = await fetchConfig()
      if (!fetched.ok) {
        const fault = typeof fetched.fault === 'string' ? 'missing' : fetched.fault.member
        return show({ root, outcome: 'no-config', fault, again: () => void ask() })
      }
      const { text, value: config } = fetched
      if (!config.roots.some(({ kid }) => kid === root)) return show({ root, outcome: 'mismatch', config })
      show({
        root,
        outcome: 'match',
        config,
        confirm() {
          show({ root, outcome: 'confirmed', over: () => show(undefined) })
          resolve(text)
        },
      })
    }
    void ask()
  })
}
