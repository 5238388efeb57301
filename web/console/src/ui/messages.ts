import { catalogue } from '../i18n/catalogue'

export const useProblemText = catalogue({
  en: {
    unreachable: 'The server cannot be reached',
    unreachable_hint: 'Nothing that you typed is lost: try again when the connection is back.',
    unexpected: 'Something went wrong',
    not_allowed: 'Your role does not allow this',
    refused: 'This is not possible',
    invalid: 'Please mend what is marked',
    request: 'Request',
  },
  es: {
    unreachable: 'No se puede llegar al servidor',
    unreachable_hint: 'Nada de lo escrito se ha perdido: inténtelo de nuevo cuando vuelva la conexión.',
    unexpected: 'Algo ha ido mal',
    not_allowed: 'Su función no lo permite',
    refused: 'No es posible',
    invalid: 'Corrija lo que está marcado',
    request: 'Petición',
  },
  ar: {
    unreachable: 'تعذر الوصول إلى الخادم',
    unreachable_hint: 'لم يُفقد شيء مما كتبته: حاول مرة أخرى عند عودة الاتصال.',
    unexpected: 'حدث خطأ ما',
    not_allowed: 'دورك لا يسمح بذلك',
    refused: 'هذا غير ممكن',
    invalid: 'يرجى تصحيح ما تم تحديده',
    request: 'الطلب',
  },
})

export const useConflictText = catalogue({
  en: {
    title: 'Somebody else changed this meanwhile', hint: 'What you typed is still here. Their change is saved already.',
    theirs: 'Take theirs', mine: 'Keep mine', explain: 'Take theirs shows what is saved now and drops your changes. Keep mine saves your form over it.',
  },
  es: {
    title: 'Alguien lo ha cambiado entretanto', hint: 'Lo que ha escrito sigue aquí. El otro cambio ya está guardado.',
    theirs: 'Tomar el suyo', mine: 'Conservar el mío', explain: 'Tomar el suyo muestra lo guardado y descarta sus cambios. Conservar el mío guarda su formulario encima.',
  },
  ar: {
    title: 'غيّر شخص آخر هذا في الأثناء', hint: 'ما كتبته لا يزال هنا، وتغيير الآخر محفوظ بالفعل.',
    theirs: 'اعتماد تغييره', mine: 'الإبقاء على تغييري', explain: 'اعتماد تغييره يعرض المحفوظ الآن ويُسقط تغييراتك. والإبقاء على تغييري يحفظ نموذجك فوقه.',
  },
})

export const useCopyText = catalogue({
  en: { copy: 'Copy {value}', copied: 'Copied' },
  es: { copy: 'Copiar {value}', copied: 'Copiado' },
  ar: { copy: 'نسخ {value}', copied: 'تم النسخ' },
})
