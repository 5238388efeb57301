import { catalogue } from '../../i18n/catalogue'

export const useAuditText = catalogue({
  en: {
    title: 'Audit log', scope: 'Of', scope_all: 'the whole installation', at: 'At', who: 'Who', user: 'user', api_key: 'API key', program: 'program', address: 'From', operation: 'What', subscriber: 'Subscriber', status: 'Answer', show: 'Show', actions: 'Details', since: 'Since', until: 'Until', user_filter: 'User (id)', request: 'Request', before: 'Before', after: 'After', nothing: 'nothing', close: 'Close', none: 'Nothing has been done yet', none_hint: 'Every change stands here: who made it, from where, what was asked, and what was there before and after. Secrets are left out.',
  },
  es: {
    title: 'Registro de auditoría', scope: 'De', scope_all: 'toda la instalación', at: 'Cuándo', who: 'Quién', user: 'usuario', api_key: 'clave de API', program: 'programa', address: 'Desde', operation: 'Qué', subscriber: 'Abonado', status: 'Respuesta', show: 'Mostrar', actions: 'Detalles', since: 'Desde', until: 'Hasta', user_filter: 'Usuario (id)', request: 'Petición', before: 'Antes', after: 'Después', nothing: 'nada', close: 'Cerrar', none: 'Aún no se ha hecho nada', none_hint: 'Aquí está cada cambio: quién lo hizo, desde dónde, qué pidió, y qué había antes y después. Los secretos se omiten.',
  },
  ar: {
    title: 'سجل التدقيق', scope: 'النطاق', scope_all: 'المنصة كلها', at: 'الوقت', who: 'المنفّذ', user: 'مستخدم', api_key: 'مفتاح API', program: 'برنامج', address: 'من العنوان', operation: 'العملية', subscriber: 'المشترك', status: 'الرد', show: 'عرض', actions: 'التفاصيل', since: 'منذ', until: 'حتى', user_filter: 'المستخدم (المعرّف)', request: 'الطلب', before: 'قبل', after: 'بعد', nothing: 'لا شيء', close: 'إغلاق', none: 'لم يُجرَ أي شيء بعد', none_hint: 'كل تغيير مسجّل هنا: من أجراه، ومن أين، وما الذي طُلب، وما كان قبله وما صار بعده. ولا تُسجَّل الأسرار.',
  },
})
