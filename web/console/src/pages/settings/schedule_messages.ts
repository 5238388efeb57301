import { catalogue } from '../../i18n/catalogue'

export const useScheduleText = catalogue({
  en: { compare: 'Compare its runs', compare_hint: 'The page of each run then says what is different from the same dates before, and why. A run takes longer: it reads the documents of all accounts once more.' },
  es: { compare: 'Comparar sus ciclos', compare_hint: 'La página de cada ciclo dice entonces qué es distinto de las mismas fechas de antes y por qué. El ciclo tarda más: lee otra vez los documentos de todas las cuentas.' },
  ar: { compare: 'مقارنة دوراته', compare_hint: 'تقول صفحة كل دورة عندئذ ما اختلف عن التواريخ نفسها من قبل ولماذا. وتستغرق الدورة وقتًا أطول: فهي تقرأ مستندات جميع الحسابات مرة أخرى.' },
})
