import type { Money as MoneyValue } from '../api/types'
import { useLanguage } from '../i18n/language'
import { formatMoney, isNegative } from './format'
import classes from './values.module.css'

interface Props {
  value: MoneyValue | null | undefined
  // A balance: less than nothing is owed, and stands out.
  owing?: boolean
  signed?: boolean
}

// An amount, in the viewer's way of writing it. It is selected with one double click.
export function Money({ value, owing = false, signed = false }: Props) {
  const { locale } = useLanguage()
  if (!value) return <span className={classes.nothing}>–</span>
  return (
    <span className={classes.money} dir="ltr" data-owing={(owing && isNegative(value.amount)) || undefined}>
      {formatMoney(value, locale, signed)}
    </span>
  )
}
