import { CopyButton, UnstyledButton } from '@mantine/core'
import { catalogue } from '../i18n/catalogue'
import { Check, Copy } from './icons'
import classes from './copyable.module.css'

const useText = catalogue({
  en: { copy: 'Copy {value}', copied: 'Copied' },
  es: { copy: 'Copiar {value}', copied: 'Copiado' },
  ar: { copy: 'نسخ {value}', copied: 'تم النسخ' },
})

// A code or a number that is wanted elsewhere: on the phone, in a mail.
export function Copyable({ value }: { value: string }) {
  const t = useText()
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <span className={classes.root}>
          <span className={classes.value}>{value}</span>
          <UnstyledButton className={classes.button} onClick={copy} aria-label={t(copied ? 'copied' : 'copy', { value })}>
            {copied ? <Check size={13} /> : <Copy size={13} />}
          </UnstyledButton>
        </span>
      )}
    </CopyButton>
  )
}
