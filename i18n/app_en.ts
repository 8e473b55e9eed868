<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AboutSection</name>
    <message>
        <source>关于和自查</source>
        <translation>About and self-check</translation>
    </message>
    <message>
        <source>自查一遍</source>
        <translation>Check everything</translation>
    </message>
    <message>
        <source>许可证</source>
        <translation>Licences</translation>
    </message>
    <message>
        <source>和事 {version}。给人民调解员用的离线办案程序，自由软件（Apache-2.0）。
数据在：{folder}</source>
        <translation>Heshi {version}. An offline program for people&apos;s mediators; free software (Apache-2.0).
Records are in: {folder}</translation>
    </message>
    <message>
        <source>正在查……</source>
        <translation>Checking …</translation>
    </message>
    <message>
        <source>关上</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>没有写名称</source>
        <translation>without a name</translation>
    </message>
    <message>
        <source>县里新发的数据包：{pack}，下次打开和事起用</source>
        <translation>New data pack from the county: {pack}; it is used from the next start of Heshi</translation>
    </message>
    <message>
        <source>在用县里的数据包：{pack}</source>
        <translation>Data pack of the county in use: {pack}</translation>
    </message>
</context>
<context>
    <name>AcceptanceForm</name>
    <message>
        <source>看看能不能调</source>
        <translation>Can it be mediated?</translation>
    </message>
    <message>
        <source>都不沾边就空着</source>
        <translation>Leave empty if none applies</translation>
    </message>
    <message>
        <source>像不像下面这些不能调的事</source>
        <translation>Does it look like one of these, which must not be mediated?</translation>
    </message>
    <message>
        <source>只调其中能调的部分，写明是哪部分；不受理就写不受理的理由</source>
        <translation>Only the part that can be mediated: say which. If you do not accept it, say why.</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>有人来申请的才填</source>
        <translation>Only where somebody came to apply</translation>
    </message>
    <message>
        <source>口头申请的，申请书由调委会代填</source>
        <translation>Applied by word of mouth: the committee fills in the application for them</translation>
    </message>
</context>
<context>
    <name>AcceptanceSection</name>
    <message>
        <source>受理</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>还没有受理。事情简单的当场就可以受理。</source>
        <translation>Not accepted yet. A simple matter can be accepted on the spot.</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Do not accept</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>受理登记</source>
        <translation>Acceptance</translation>
    </message>
    <message>
        <source>{day}（口头）</source>
        <translation>{day} (by word of mouth)</translation>
    </message>
    <message>
        <source>口头申请</source>
        <translation>Applied by word of mouth</translation>
    </message>
</context>
<context>
    <name>AgreementCard</name>
    <message>
        <source>已经生效，不能再改。要修改，请另做补充协议。</source>
        <translation>It is in effect and cannot be changed. To change anything, make a supplement.</translation>
    </message>
    <message>
        <source>补充协议（{form}）</source>
        <translation>Supplement ({form})</translation>
    </message>
    <message>
        <source>接着写</source>
        <translation>Go on writing</translation>
    </message>
    <message>
        <source>定稿</source>
        <translation>Finalise</translation>
    </message>
    <message>
        <source>登记签字</source>
        <translation>Record signatures</translation>
    </message>
    <message>
        <source>读给双方听</source>
        <translation>Read aloud</translation>
    </message>
    <message>
        <source>退回重做</source>
        <translation>Take back and redo</translation>
    </message>
    <message>
        <source>做补充协议</source>
        <translation>Make a supplement</translation>
    </message>
    <message>
        <source>{amount} 元</source>
        <translation>{amount} yuan</translation>
    </message>
    <message>
        <source>和哪份连着</source>
        <translation>Belongs with</translation>
    </message>
    <message>
        <source>第 {number} 条</source>
        <translation>Clause {number}</translation>
    </message>
    <message>
        <source>还没签的</source>
        <translation>Still to sign</translation>
    </message>
    <message>
        <source>生效日期</source>
        <translation>In effect since</translation>
    </message>
    <message>
        <source>补充 {number}</source>
        <translation>Supplements {number}</translation>
    </message>
    <message>
        <source>还没编号的补充协议</source>
        <translation>a supplement without a number yet</translation>
    </message>
    <message>
        <source>本协议由 {numbers} 补充</source>
        <translation>Supplemented by {numbers}</translation>
    </message>
    <message>
        <source>已逐条宣读：{done}/{whole} 条</source>
        <translation>Read aloud clause by clause: {done} of {whole}</translation>
    </message>
    <message>
        <source>{name}还没确认第{number}条</source>
        <translation>{name} has not confirmed clause {number}</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>调解员</source>
        <translation>Mediator</translation>
    </message>
    <message>
        <source>调委会（盖章）</source>
        <translation>Committee (seal)</translation>
    </message>
    <message>
        <source>签好的纸扫进来了 {there}/{pages} 页</source>
        <translation>Signed pages taken in: {there} of {pages}</translation>
    </message>
    <message>
        <source>，其中 {count} 页未核对</source>
        <translation>, not checked: {count}</translation>
    </message>
    <message>
        <source>收扫描件</source>
        <translation>Take in scans</translation>
    </message>
    <message>
        <source>签好的纸还没扫进来</source>
        <translation>No signed page taken in yet</translation>
    </message>
    <message>
        <source>这是临时编号，写在纸上一直有效，以后不会改。</source>
        <translation>This is a provisional number. It stays valid on its paper and will not change.</translation>
    </message>
</context>
<context>
    <name>AgreementForm</name>
    <message>
        <source>谁和谁、什么事</source>
        <translation>Who, and what about</translation>
    </message>
    <message>
        <source>各方各有什么责任，写事实，不评人</source>
        <translation>Who is responsible for what: facts, no judgement of people</translation>
    </message>
    <message>
        <source>协议内容</source>
        <translation>What is agreed</translation>
    </message>
    <message>
        <source>怎样履行</source>
        <translation>How it is performed</translation>
    </message>
    <message>
        <source>履行方式的说明</source>
        <translation>Performance in words</translation>
    </message>
    <message>
        <source>例如：当场付现金</source>
        <translation>For example: in cash, on the spot</translation>
    </message>
    <message>
        <source>例如：2026年3月15日前</source>
        <translation>For example: by 15 March 2026</translation>
    </message>
    <message>
        <source>落款</source>
        <translation>Date and names</translation>
    </message>
    <message>
        <source>双方要申请司法确认（多印一份）</source>
        <translation>The parties will ask for judicial confirmation (one more copy)</translation>
    </message>
    <message>
        <source>不填就印 {count} 份</source>
        <translation>Empty: {count} copies</translation>
    </message>
    <message>
        <source>选一句责任的写法</source>
        <translation>Choose a wording for responsibility</translation>
    </message>
</context>
<context>
    <name>AgreementSection</name>
    <message>
        <source>协议</source>
        <translation>Agreement</translation>
    </message>
    <message>
        <source>谈成了就在这里起草协议。双方、事实、调解员都会自动带过来。</source>
        <translation>Once they agree, draft the agreement here. Parties, facts and mediators come along by themselves.</translation>
    </message>
    <message>
        <source>起草口头协议</source>
        <translation>Draft oral agreement</translation>
    </message>
    <message>
        <source>起草书面协议</source>
        <translation>Draft written agreement</translation>
    </message>
    <message>
        <source>保存并定稿</source>
        <translation>Save and finalise</translation>
    </message>
    <message>
        <source>定稿，去打印</source>
        <translation>Finalise and print</translation>
    </message>
    <message>
        <source>登记签字</source>
        <translation>Record signatures</translation>
    </message>
    <message>
        <source>退回重做</source>
        <translation>Take back and redo</translation>
    </message>
    <message>
        <source>第 {number} 条</source>
        <translation>Clause {number}</translation>
    </message>
    <message>
        <source>没有协议。</source>
        <translation>There is no agreement.</translation>
    </message>
    <message>
        <source>第 {number} 条&#x3000;{text}</source>
        <translation>Clause {number}: {text}</translation>
    </message>
    <message>
        <source>{payer} 付给 {payee} ¥{figures}（{capitals}）</source>
        <translation>{payer} pays {payee} ¥{figures} ({capitals})</translation>
    </message>
    <message>
        <source>{day} 前付 ¥{figures}</source>
        <translation>¥{figures} by {day}</translation>
    </message>
    <message>
        <source>{day} 前做到</source>
        <translation>To be done by {day}</translation>
    </message>
    <message>
        <source>还缺：{names}</source>
        <translation>Still missing: {names}</translation>
    </message>
    <message>
        <source>{name}（由 {other} 代）</source>
        <translation>{name} (through {other})</translation>
    </message>
    <message>
        <source>要申请</source>
        <translation>They will ask for it</translation>
    </message>
    <message>
        <source>不申请</source>
        <translation>They will not</translation>
    </message>
    <message>
        <source>逐条宣读</source>
        <translation>Read aloud clause by clause</translation>
    </message>
    <message>
        <source>已付 ¥{paid}</source>
        <translation>¥{paid} paid</translation>
    </message>
    <message>
        <source>{name}：每条都确认了</source>
        <translation>{name}: every clause confirmed</translation>
    </message>
    <message>
        <source>{name}：确认了第 {numbers} 条</source>
        <translation>{name}: clauses confirmed {numbers}</translation>
    </message>
    <message>
        <source>保留的理由：{reason}</source>
        <translation>Kept because: {reason}</translation>
    </message>
    <message>
        <source>提醒过的那句话后来改了。</source>
        <translation>The words that were warned about have changed since.</translation>
    </message>
</context>
<context>
    <name>ApplicationForm</name>
    <message>
        <source>一方住地、标的物所在地或者调委会所在地的基层法院</source>
        <translation>The district court where a party lives, where the thing is, or where the committee is</translation>
    </message>
    <message>
        <source>法院的信寄到哪里</source>
        <translation>Where the court&apos;s letters go</translation>
    </message>
    <message>
        <source>{name} 的送达地址</source>
        <translation>Address for service of {name}</translation>
    </message>
    <message>
        <source>{name} 的联系电话</source>
        <translation>Telephone of {name}</translation>
    </message>
    <message>
        <source>随附</source>
        <translation>Enclosed</translation>
    </message>
    <message>
        <source>例如：房产证、土地承包合同；没有就空着</source>
        <translation>For example: title deed, land contract. Leave empty if there is none</translation>
    </message>
</context>
<context>
    <name>AttachmentDialog</name>
    <message>
        <source>上一个</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一个</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>另存一份</source>
        <translation>Save a copy</translation>
    </message>
    <message>
        <source>地点、日期、拍摄人和上一个一样</source>
        <translation>Same place, date and photographer as the one before</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>照片和扫描件</source>
        <translation>Photos and scans</translation>
    </message>
    <message>
        <source>{number} / {count}</source>
        <translation>{number} of {count}</translation>
    </message>
    <message>
        <source>已作废：{reason}</source>
        <translation>Void: {reason}</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>录音在这里放不出来，可以另存一份再听。</source>
        <translation>Recordings cannot be played here. Save a copy and listen to that.</translation>
    </message>
    <message>
        <source>已另存：{file}</source>
        <translation>Copy saved: {file}</translation>
    </message>
</context>
<context>
    <name>AttachmentStrip</name>
    <message>
        <source>看已作废的 {count} 个</source>
        <translation>Show {count} void</translation>
    </message>
</context>
<context>
    <name>BankModel</name>
    <message>
        <source>自己的常用条款</source>
        <translation>Our own clauses</translation>
    </message>
    <message>
        <source>这类纠纷常用</source>
        <translation>Usual for this type of dispute</translation>
    </message>
    <message>
        <source>哪类都能用</source>
        <translation>For any dispute</translation>
    </message>
</context>
<context>
    <name>BlankForm</name>
    <message>
        <source>{name}（可以不填）</source>
        <translation>{name} (may stay empty)</translation>
    </message>
    <message>
        <source>例如：400 或 2.5万</source>
        <translation>For example: 400 or 25000</translation>
    </message>
    <message>
        <source>哪一天还没定</source>
        <translation>The day is not settled yet</translation>
    </message>
</context>
<context>
    <name>BlankForms</name>
    <message>
        <source>下村前打几张带着，手写也行：印好了调委会的名字，其余空着。点一下先看样子，再打印或导出。</source>
        <translation>Take a few along to the village to write by hand: the committee&apos;s name is printed, the rest is empty. Choose one to see it, then print or export it.</translation>
    </message>
    <message>
        <source>空白表：{title}</source>
        <translation>Blank form: {title}</translation>
    </message>
</context>
<context>
    <name>CaptionForm</name>
    <message>
        <source>例如：东边滴水，靠水沟的一侧</source>
        <translation>For example: eaves on the east side, by the ditch</translation>
    </message>
    <message>
        <source>属于哪件证据</source>
        <translation>Belongs to which evidence</translation>
    </message>
</context>
<context>
    <name>CaseColumns</name>
    <message>
        <source>当事人</source>
        <translation>Parties</translation>
    </message>
    <message>
        <source>为什么事</source>
        <translation>About</translation>
    </message>
    <message>
        <source>纠纷类型</source>
        <translation>Dispute type</translation>
    </message>
    <message>
        <source>进展</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>受理日期</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>金额（元）</source>
        <translation>Amount (¥)</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>上报</source>
        <translation>Delivery</translation>
    </message>
    <message>
        <source>案卷</source>
        <translation>File</translation>
    </message>
</context>
<context>
    <name>CaseHead</name>
    <message>
        <source>{by} {day}把这件案子移交给您，接着办就行。</source>
        <translation>{by} handed this case over to you on {day}. You can simply go on with it.</translation>
    </message>
    <message>
        <source>{by} {day}把这件案子改派给您，原来由{before}办。接着办就行。</source>
        <translation>{by} gave this case to you on {day}; {before} had it before. You can simply go on with it.</translation>
    </message>
    <message>
        <source>{day}已移交给{name}。这里只能看，不能改。</source>
        <translation>Handed over to {name} on {day}. Here it can only be read.</translation>
    </message>
    <message>
        <source>这件是{committee}报来的，这里只能看。</source>
        <translation>This case was sent in by {committee}; here it can only be read.</translation>
    </message>
    <message>
        <source>{day}起由{name}办。</source>
        <translation> {name} has had it since {day}.</translation>
    </message>
    <message>
        <source>原因：{reason}</source>
        <translation> Reason: {reason}</translation>
    </message>
    <message>
        <source>还有 {n} 个文件没传完</source>
        <translation>files still on the way: {n}</translation>
    </message>
    <message>
        <source>这件在别的电脑上办。</source>
        <translation>Another laptop works on this case.</translation>
    </message>
    <message>
        <source>这台电脑还没有登记到县局，都只保存在本机。</source>
        <translation>This computer is not enrolled with the county; all of it is here alone.</translation>
    </message>
    <message>
        <source>文字和 {n} 个文件县局都收到了。</source>
        <translation>The county has the text and all files ({n}).</translation>
    </message>
    <message>
        <source>文字县局已收；这件案子没有附件。</source>
        <translation>The county has the text; this case has no files.</translation>
    </message>
    <message>
        <source>文字县局已收；{left}。</source>
        <translation>The county has the text; {left}.</translation>
    </message>
    <message>
        <source>还有 {n} 条文字等着上报</source>
        <translation>Entries waiting: {n}</translation>
    </message>
    <message>
        <source>有要您处理的</source>
        <translation>Something needs your attention</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>{whole}。</source>
        <translation>{whole}.</translation>
    </message>
    <message>
        <source>这件是本调委会的同事在办，这里只能看。要拿过来办，请同事移交，或者请司法所改派。</source>
        <translation>A colleague of your own committee has this case; it can only be read here. To take it over, ask the colleague or the supervisor to hand it over.</translation>
    </message>
    <message>
        <source>这件是本调委会{name}在办，这里只能看。要拿过来办，请{name}移交，或者请司法所改派。</source>
        <translation>{name} of your own committee has this case; it can only be read here. To take it over, ask {name} or the supervisor to hand it over.</translation>
    </message>
</context>
<context>
    <name>CheckerPanel</name>
    <message>
        <source>打印前检查</source>
        <translation>Check before printing</translation>
    </message>
    <message>
        <source>再看 {count} 处</source>
        <translation>Show {count} more</translation>
    </message>
    <message>
        <source>{count} 处必须改</source>
        <translation>Must change: {count}</translation>
    </message>
    <message>
        <source>{count} 处要改或者写明理由</source>
        <translation>Change or give a reason: {count}</translation>
    </message>
    <message>
        <source>{count} 处已写明理由</source>
        <translation>Kept with a reason: {count}</translation>
    </message>
    <message>
        <source>没有发现要改的地方。</source>
        <translation>Nothing was found that needs changing.</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>{field}：{choice}</source>
        <translation>{field}: {choice}</translation>
    </message>
</context>
<context>
    <name>ClauseCard</name>
    <message>
        <source>谁、做什么、做到什么样、哪一天之前</source>
        <translation>Who does what, how it must be in the end, by which day</translation>
    </message>
    <message>
        <source>条款文字</source>
        <translation>Text of the clause</translation>
    </message>
    <message>
        <source>哪一天之前做到</source>
        <translation>To be done by</translation>
    </message>
    <message>
        <source>按上面的付款重写文字</source>
        <translation>Write the text anew from the payment</translation>
    </message>
    <message>
        <source>上移</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>下移</source>
        <translation>Down</translation>
    </message>
    <message>
        <source>去掉</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>登记付款</source>
        <translation>Record the payment</translation>
    </message>
    <message>
        <source>登记谁做什么</source>
        <translation>Record who does what</translation>
    </message>
    <message>
        <source>登记了，到期才会提醒，做完才好打勾</source>
        <translation>Once recorded, Heshi reminds you when it is due and you can tick it off when done</translation>
    </message>
    <message>
        <source>存为常用条款</source>
        <translation>Keep as our own clause</translation>
    </message>
    <message>
        <source>谁做什么、最晚哪一天</source>
        <translation>Who does what, and by when</translation>
    </message>
</context>
<context>
    <name>ClausePicker</name>
    <message>
        <source>选一条条款</source>
        <translation>Choose a clause</translation>
    </message>
    <message>
        <source>选一句责任的写法</source>
        <translation>Choose a wording for responsibility</translation>
    </message>
    <message>
        <source>打字或拼音首字母来找</source>
        <translation>Type to search</translation>
    </message>
    <message>
        <source>找条款</source>
        <translation>Search the clauses</translation>
    </message>
    <message>
        <source>条款写出来的样子</source>
        <translation>How the clause will read</translation>
    </message>
    <message>
        <source>放进协议</source>
        <translation>Put it in the agreement</translation>
    </message>
    <message>
        <source>改这条常用条款</source>
        <translation>Edit this clause</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>没有找到。换几个字试试，或者直接加一条自己写。</source>
        <translation>Nothing found. Try other words, or add a clause and write it yourself.</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
</context>
<context>
    <name>ClausesField</name>
    <message>
        <source>加一条付钱的</source>
        <translation>Add a payment</translation>
    </message>
    <message>
        <source>加一条别的</source>
        <translation>Add another clause</translation>
    </message>
    <message>
        <source>第 {number} 条</source>
        <translation>Clause {number}</translation>
    </message>
    <message>
        <source>选一条现成的</source>
        <translation>Choose a ready clause</translation>
    </message>
    <message>
        <source>存好了。下次在“选一条现成的”里就有。</source>
        <translation>Kept. Next time it is under &quot;Choose a ready clause&quot;.</translation>
    </message>
</context>
<context>
    <name>ClockWords</name>
    <message>
        <source>约 {moment}</source>
        <translation>about {moment}</translation>
    </message>
    <message>
        <source>本机的钟{off}</source>
        <translation>this computer&apos;s clock was {off}</translation>
    </message>
    <message>
        <source>那台电脑的钟{off}</source>
        <translation>that laptop&apos;s clock was {off}</translation>
    </message>
    <message>
        <source>快了约{span}</source>
        <translation>about{span} fast</translation>
    </message>
    <message>
        <source>慢了约{span}</source>
        <translation>about{span} slow</translation>
    </message>
    <message>
        <source>本机钟 {moment}，{off}</source>
        <translation>This computer&apos;s clock showed {moment}, {off}</translation>
    </message>
    <message>
        <source>那台电脑的钟 {moment}，{off}</source>
        <translation>That laptop&apos;s clock showed {moment}, {off}</translation>
    </message>
    <message>
        <source>记这个日期的时候{doubt}，请核对日期。</source>
        <translation>When this date was written, {doubt}. Please check the date.</translation>
    </message>
</context>
<context>
    <name>ClosingForm</name>
    <message>
        <source>结案日期</source>
        <translation>Closed on</translation>
    </message>
    <message>
        <source>没调成的原因</source>
        <translation>Why it was not settled</translation>
    </message>
    <message>
        <source>调成了就空着</source>
        <translation>Leave empty if it was settled</translation>
    </message>
    <message>
        <source>承办人意见</source>
        <translation>Mediator&apos;s opinion</translation>
    </message>
</context>
<context>
    <name>ClosingSection</name>
    <message>
        <source>结案、归档、报送</source>
        <translation>Close, bind, hand in</translation>
    </message>
    <message>
        <source>办完了在这里结案、归档，再报送审核。</source>
        <translation>When it is done, close it and bind the file here, then hand it in for review.</translation>
    </message>
    <message>
        <source>中途结束</source>
        <translation>End early</translation>
    </message>
    <message>
        <source>恢复调解</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>归档</source>
        <translation>Bind the file</translation>
    </message>
    <message>
        <source>报送审核</source>
        <translation>Hand in for review</translation>
    </message>
    <message>
        <source>改好了，再报送</source>
        <translation>Mended, hand in again</translation>
    </message>
    <message>
        <source>结案日期</source>
        <translation>Closed on</translation>
    </message>
    <message>
        <source>没调成的原因</source>
        <translation>Why it was not settled</translation>
    </message>
    <message>
        <source>承办人意见</source>
        <translation>Mediator&apos;s opinion</translation>
    </message>
    <message>
        <source>审核</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>就这样结束</source>
        <translation>End it so</translation>
    </message>
    <message>
        <source>还没有结案。</source>
        <translation>Not closed yet.</translation>
    </message>
    <message>
        <source>写卷宗情况</source>
        <translation>Write the note on the file</translation>
    </message>
    <message>
        <source>收过</source>
        <translation>Taken</translation>
    </message>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
</context>
<context>
    <name>CodeField</name>
    <message>
        <source>打字或拼音首字母来找</source>
        <translation>Type to search</translation>
    </message>
</context>
<context>
    <name>CommitteeSection</name>
    <message>
        <source>调委会和调解员</source>
        <translation>Committee and mediators</translation>
    </message>
    <message>
        <source>调委会全称（和公章一致）</source>
        <translation>Full name of the committee (as on its seal)</translation>
    </message>
    <message>
        <source>编号用的简称</source>
        <translation>Short name for numbers</translation>
    </message>
    <message>
        <source>所在地区</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>地区代码（12 位）</source>
        <translation>Region code (12 digits)</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>保存调委会资料</source>
        <translation>Save committee</translation>
    </message>
    <message>
        <source>调解员</source>
        <translation>Mediators</translation>
    </message>
    <message>
        <source>添加调解员</source>
        <translation>Add a mediator</translation>
    </message>
    <message>
        <source>（正在用这台电脑）</source>
        <translation>(uses this computer)</translation>
    </message>
    <message>
        <source>改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>改 {name} 的资料</source>
        <translation>Change {name}</translation>
    </message>
    <message>
        <source>调委会资料已保存在本机。</source>
        <translation>The committee is saved on this computer.</translation>
    </message>
    <message>
        <source>打县名可以查代码</source>
        <translation>Type a county&apos;s name to look up its code</translation>
    </message>
</context>
<context>
    <name>ConfirmationSection</name>
    <message>
        <source>司法确认</source>
        <translation>Judicial confirmation</translation>
    </message>
    <message>
        <source>准备申请书</source>
        <translation>Prepare the application</translation>
    </message>
    <message>
        <source>口头协议不办司法确认。要办的，先改成书面协议。</source>
        <translation>An oral agreement cannot be confirmed by the court. Put it in writing first.</translation>
    </message>
    <message>
        <source>书面协议生效以后，各方可以一起向法院申请确认。</source>
        <translation>Once a written agreement is in effect, the parties can ask the court together to confirm it.</translation>
    </message>
    <message>
        <source>最后一天：{day}</source>
        <translation>Last day: {day}</translation>
    </message>
    <message>
        <source>要一起去的：{names}。一方不去就办不成。</source>
        <translation>Must go together: {names}. It cannot be done if one stays away.</translation>
    </message>
    <message>
        <source>去以前看一看</source>
        <translation>Before you go, please check</translation>
    </message>
    <message>
        <source>就是今天</source>
        <translation>Today</translation>
    </message>
    <message numerus="yes">
        <source>还有 %n 天</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
    <message>
        <source>还没填法院</source>
        <translation>No court yet</translation>
    </message>
    <message>
        <source>已作废：{what}（{why}）</source>
        <translation>Void: {what} ({why})</translation>
    </message>
    <message>
        <source>看申请书</source>
        <translation>See the application</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>记法院的结果</source>
        <translation>Record the court&apos;s decision</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>还没有法院的结果</source>
        <translation>No decision of the court yet</translation>
    </message>
    <message>
        <source>法院还没有结果</source>
        <translation>No decision of the court yet</translation>
    </message>
    <message>
        <source>没有申请司法确认。</source>
        <translation>Judicial confirmation was not applied for.</translation>
    </message>
    <message>
        <source>法院的结果</source>
        <translation>What the court decided</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>就这样定</source>
        <translation>Settle it</translation>
    </message>
    <message>
        <source>两个人改了同一处</source>
        <translation>Two people changed the same thing</translation>
    </message>
    <message>
        <source>还有没定的，请每一处都选一个。</source>
        <translation>Not all is settled yet. Please choose one in every place.</translation>
    </message>
    <message>
        <source>同一次还改了这些，别人没有动过，会一起采用：</source>
        <translation>The same entry also changed what nobody else touched; it comes along:</translation>
    </message>
    <message>
        <source>{field}：{value}</source>
        <translation>{field}: {value}</translation>
    </message>
    <message>
        <source>同一次还新添了{what}，会一起采用。</source>
        <translation>The same entry also added something new ({what}); it comes along.</translation>
    </message>
    <message>
        <source>里面写的现在都已经算数了，点“就这样定”就行。</source>
        <translation>All that it says holds already. Just press &quot;Settle it&quot;.</translation>
    </message>
    <message>
        <source>两边都定了稿，各打了一份协议。定了稿的协议不能合并，一个字也不能改：请由司法所看纸，定哪一份算数。两份都留着。要改内容，请做补充协议。</source>
        <translation>Both sides finalised and printed an agreement. Final agreements cannot be merged, and no word of them can change: the justice office looks at the papers and says which one holds. Both are kept. To change anything, make a supplement.</translation>
    </message>
    <message>
        <source>其中一份协议已经定稿。定了稿的字不能和别的合并：要么整份用它，要么整份不用。要改内容，请做补充协议。</source>
        <translation>One of the two agreements is final. A final text cannot be merged with another: take all of it or nothing. To change anything, make a supplement.</translation>
    </message>
    <message>
        <source>这一处由司法所或县局来定，定好以后这里会知道。</source>
        <translation>The justice office or the county settles this; you will see it here.</translation>
    </message>
    <message>
        <source>这件案子在别的电脑上办，由办案的人来定，定好以后这里会知道。</source>
        <translation>Another laptop works on this case and whoever has it settles this; you will see it here.</translation>
    </message>
    <message>
        <source>定好了。另一份也留在经过里。</source>
        <translation>Settled. The other one stays in the history.</translation>
    </message>
    <message>
        <source>刚才已经有人定过了。</source>
        <translation>Somebody settled this a moment ago.</translation>
    </message>
</context>
<context>
    <name>ConflictWords</name>
    <message>
        <source>{whose}：{field}</source>
        <translation>{whose}: {field}</translation>
    </message>
    <message>
        <source>（空着）</source>
        <translation>(empty)</translation>
    </message>
    <message>
        <source>没有记下是谁写的</source>
        <translation>Not recorded who wrote it</translation>
    </message>
    <message>
        <source>{said}（{doubt}）</source>
        <translation>{said} ({doubt})</translation>
    </message>
    <message>
        <source>您在本机{when}“{act}”时，县局已先收到别人写的，所以您写的先放在一边，没有丢。</source>
        <translation>When you wrote this here (&quot;{act}&quot;, {when}), the county already had what somebody else wrote. Yours was set aside for now; it is not lost.</translation>
    </message>
    <message>
        <source>{by}{when}“{act}”时，县局已先收到别人写的，所以这一份先放在一边，没有丢。</source>
        <translation>When {by} wrote this (&quot;{act}&quot;, {when}), the county already had what somebody else wrote. This one was set aside for now; it is not lost.</translation>
    </message>
    <message>
        <source>定稿指纹 {hash}…</source>
        <translation>Fingerprint of the final text {hash}…</translation>
    </message>
    <message>
        <source>{kind} {n} 条</source>
        <translation>{kind}: {n}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{by}&#x3000;{when}</source>
        <translation>{by}, {when}</translation>
    </message>
</context>
<context>
    <name>ConflictsSection</name>
    <message>
        <source>两个人改了同一处</source>
        <translation>Two people changed the same thing</translation>
    </message>
</context>
<context>
    <name>CountySection</name>
    <message>
        <source>县局</source>
        <translation>County</translation>
    </message>
    <message>
        <source>县局地址</source>
        <translation>County address</translation>
    </message>
    <message>
        <source>登记码</source>
        <translation>Enrolment code</translation>
    </message>
    <message>
        <source>县局给的一次性登记码</source>
        <translation>The one-time code that the county gave you</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Enrol</translation>
    </message>
    <message>
        <source>重新登记</source>
        <translation>Enrol anew</translation>
    </message>
    <message>
        <source>立即上报</source>
        <translation>Send now</translation>
    </message>
    <message>
        <source>还没有过</source>
        <translation>never yet</translation>
    </message>
    <message>
        <source>已登记到 {county}，身份：{role}。上次县局已收：{contact}。</source>
        <translation>Enrolled with {county} as {role}. Last received by the county: {contact}.</translation>
    </message>
    <message>
        <source>待上报 {n} 条。</source>
        <translation>Waiting: {n}.</translation>
    </message>
    <message>
        <source>这台电脑还没有登记到县局。记录都在本机，可以照常办案、打印；向县局要到地址和登记码后再来登记。</source>
        <translation>This computer is not enrolled with the county. All records are here; work and printing go on. Ask the county for its address and a code, then enrol.</translation>
    </message>
    <message>
        <source>正在和县局联系……</source>
        <translation>Talking to the county …</translation>
    </message>
    <message>
        <source>登记好了，以后有网络会自动上报。</source>
        <translation>Enrolled. From now on records are sent whenever there is a network.</translation>
    </message>
    <message>
        <source>向县局要一个新的登记码，填在下面。重新登记以后，本机的记录都留着：没报上的接着报，不会重复；旧备份里缺的，从县局取回来。</source>
        <translation>Ask the county for a new code and enter it below. All records here are kept: what was not sent goes then, and nothing doubles; what an older copy lacks comes back from the county.</translation>
    </message>
    <message>
        <source>正在重新登记，和县局核对记录……记录多、网络慢时要几分钟。中途断了也不要紧，下次接着做。</source>
        <translation>Enrolling anew and comparing the records with the county… This takes some minutes with many records or on a slow line. If it breaks off, it goes on next time.</translation>
    </message>
    <message>
        <source>{trouble}。</source>
        <translation>{trouble}.</translation>
    </message>
    <message>
        <source>重新登记好了，正在接着上报。</source>
        <translation>Enrolled anew. What was left is being sent.</translation>
    </message>
</context>
<context>
    <name>CountyWords</name>
    <message>
        <source>几秒钟</source>
        <translation>a few seconds</translation>
    </message>
    <message>
        <source>约 {n} 秒</source>
        <translation>about {n} s</translation>
    </message>
    <message>
        <source>约 {n} 分钟</source>
        <translation>about {n} min</translation>
    </message>
    <message>
        <source>约 {n} 小时</source>
        <translation>about {n} h</translation>
    </message>
    <message>
        <source>没有网络</source>
        <translation>no network</translation>
    </message>
    <message>
        <source>这个网络要先登录</source>
        <translation>this network wants you to sign in first</translation>
    </message>
    <message>
        <source>连不上县局</source>
        <translation>the county does not answer</translation>
    </message>
    <message>
        <source>网络中途断了</source>
        <translation>the line broke off</translation>
    </message>
    <message>
        <source>网络太慢，等不到县局回答</source>
        <translation>the network is too slow for the county&apos;s answer</translation>
    </message>
    <message>
        <source>县局那边正忙</source>
        <translation>the county is busy</translation>
    </message>
    <message>
        <source>县局的服务器还没更新</source>
        <translation>the county&apos;s server is not updated yet</translation>
    </message>
    <message>
        <source>县局停用了这台电脑</source>
        <translation>the county has withdrawn this computer</translation>
    </message>
    <message>
        <source>回执核对不上县局的签章</source>
        <translation>the receipt does not bear the county&apos;s signature</translation>
    </message>
    <message>
        <source>没有报完：{why}</source>
        <translation>Not all sent: {why}</translation>
    </message>
    <message>
        <source>没有上报：{why}</source>
        <translation>Not sent: {why}</translation>
    </message>
    <message>
        <source>正在联系县局……</source>
        <translation>Calling the county …</translation>
    </message>
    <message>
        <source>正在上报文字……</source>
        <translation>Sending the text …</translation>
    </message>
    <message>
        <source>正在传照片和扫描件……</source>
        <translation>Sending photos and scans …</translation>
    </message>
    <message>
        <source>正在取回县局那边的……</source>
        <translation>Fetching what the county has …</translation>
    </message>
    <message>
        <source>本机时间可能不对（与县局相差{span}），不影响上报，请校准。</source>
        <translation>This computer&apos;s clock may be wrong: it differs from the county&apos;s by{span}. Sending goes on all the same; please set it right.</translation>
    </message>
    <message>
        <source> {n} 分钟</source>
        <translation> {n} min</translation>
    </message>
    <message>
        <source> {n} 小时</source>
        <translation> {n} h</translation>
    </message>
    <message>
        <source> {n} 天</source>
        <translation> {n} d</translation>
    </message>
    <message>
        <source>还没有测过网速，报过一次就知道要多久。</source>
        <translation>The pace of the network is not known yet; once something was sent you see how long it takes.</translation>
    </message>
    <message>
        <source>文字{span}</source>
        <translation>text {span}</translation>
    </message>
    <message>
        <source>文件{span}</source>
        <translation>files {span}</translation>
    </message>
    <message>
        <source>按上次的网速（约 {rate} KB/秒）：{parts}。</source>
        <translation>At the last pace of the network (about {rate} KB/s): {parts}.</translation>
    </message>
    <message>
        <source>存在这台电脑上；还没有登记到县局，所以没有上报。</source>
        <translation>Saved on this computer; it is not enrolled with the county, so nothing was sent.</translation>
    </message>
    <message>
        <source>存在这台电脑上，还没有收到县局的回执。</source>
        <translation>Saved on this computer; there is no receipt of the county yet.</translation>
    </message>
    <message>
        <source>正在往县局传；收到签了章的回执才算已收。</source>
        <translation>On its way to the county; it counts as received once the signed receipt is here.</translation>
    </message>
    <message>
        <source>文字县里都收到了，有签了章的回执；照片、扫描件还没有传齐。</source>
        <translation>The county has all of the text and signed for it; photos and scans are not all there yet.</translation>
    </message>
    <message>
        <source>文字和所有照片、扫描件县里都收到了，样样有签了章的回执。</source>
        <translation>The county has the text and every photo and scan, and signed for each.</translation>
    </message>
    <message>
        <source>县里没有采用，或者两个人写得不一样；请到“待上报”里看原因。</source>
        <translation>The county did not apply it, or two people wrote it differently. Please see Waiting for the reason.</translation>
    </message>
    <message>
        <source>别的电脑写的，从县局取来的。</source>
        <translation>Written on another laptop and fetched from the county.</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>本机的记录比县局收到的旧</source>
        <translation>the records here are older than the county&apos;s</translation>
    </message>
    <message>
        <source>县局已经重新登记了这台电脑，只是核对记录做到一半断了。不用再要登记码：有网络会自动接着做，也可以现在就点“立即上报”。记录都在本机，不会丢，也不会重复。</source>
        <translation>The county has enrolled this computer anew; only the comparing of records broke off half way. No further code is needed: it goes on by itself when there is a network, or now with Send now. All records are here; nothing gets lost and nothing doubles.</translation>
    </message>
    <message>
        <source>同一个调委会的同事在办，从县局取来的，这里只能看。</source>
        <translation>A colleague of the same committee has it; it came from the county and can only be read here.</translation>
    </message>
    <message>
        <source>县局不认得这台电脑</source>
        <translation>the county does not know this computer</translation>
    </message>
</context>
<context>
    <name>Courier</name>
    <message>
        <source>县局已收 {n} 条。</source>
        <translation>The county has received {n}. </translation>
    </message>
    <message>
        <source>收到县局那边的 {n} 条。</source>
        <translation>{n} came from the county. </translation>
    </message>
    <message>
        <source>有 {n} 条需要处理，请看“待上报”。</source>
        <translation>{n} need attention; please see Waiting.</translation>
    </message>
    <message>
        <source>和县局对过了，没有新的。</source>
        <translation>Compared with the county: nothing new.</translation>
    </message>
    <message>
        <source>收全了 {n} 个文件。</source>
        <translation>Files complete: {n}. </translation>
    </message>
    <message>
        <source>还有没报完的，过一会儿接着报。</source>
        <translation>Not all is sent yet; it goes on in a while.</translation>
    </message>
</context>
<context>
    <name>CourtForm</name>
    <message>
        <source>法院怎么处理的</source>
        <translation>What the court decided</translation>
    </message>
    <message>
        <source>确认有效</source>
        <translation>Confirmed as valid</translation>
    </message>
    <message>
        <source>驳回申请</source>
        <translation>Application rejected</translation>
    </message>
    <message>
        <source>当事人撤回</source>
        <translation>Withdrawn by the parties</translation>
    </message>
    <message>
        <source>按撤回处理</source>
        <translation>Treated as withdrawn</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Not accepted by the court</translation>
    </message>
</context>
<context>
    <name>DateField</name>
    <message>
        <source>如 3.15、昨天、20260315</source>
        <translation>3.15 or 20260315</translation>
    </message>
    <message>
        <source>从日历里挑（↓）</source>
        <translation>Pick from the calendar (↓)</translation>
    </message>
    <message>
        <source>{label}：打开日历</source>
        <translation>{label}: open the calendar</translation>
    </message>
</context>
<context>
    <name>DeliveryForm</name>
    <message>
        <source>怎么送到的</source>
        <translation>How it was served</translation>
    </message>
    <message>
        <source>没收的原因</source>
        <translation>Why it was not taken</translation>
    </message>
    <message>
        <source>收下了就空着</source>
        <translation>Leave empty if it was taken</translation>
    </message>
</context>
<context>
    <name>Detail</name>
    <message>
        <source>打开案件</source>
        <translation>Open the case</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>放到U盘…</source>
        <translation>Put on a stick…</translation>
    </message>
    <message>
        <source>问司法所…</source>
        <translation>Ask the justice office…</translation>
    </message>
    <message>
        <source>打开并改正</source>
        <translation>Open and mend</translation>
    </message>
    <message>
        <source>打开人员</source>
        <translation>Open the person</translation>
    </message>
</context>
<context>
    <name>DocumentsSection</name>
    <message>
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>打哪些</source>
        <translation>Which papers</translation>
    </message>
    <message>
        <source>打印记录</source>
        <translation>Print log</translation>
    </message>
    <message>
        <source>导出成一个 PDF</source>
        <translation>Export as one PDF</translation>
    </message>
    <message>
        <source>先看看</source>
        <translation>Look first</translation>
    </message>
    <message>
        <source>空白表：{title}</source>
        <translation>Blank form: {title}</translation>
    </message>
    <message>
        <source>整卷</source>
        <translation>Whole file</translation>
    </message>
    <message>
        <source>只印还没印的</source>
        <translation>Not printed yet</translation>
    </message>
    <message>
        <source>只印改过的</source>
        <translation>Changed since</translation>
    </message>
    <message>
        <source>选中的</source>
        <translation>Ticked</translation>
    </message>
    <message>
        <source>打印整卷</source>
        <translation>Print the whole file</translation>
    </message>
    <message>
        <source>打印还没印的</source>
        <translation>Print what is not printed yet</translation>
    </message>
    <message>
        <source>打印改过的</source>
        <translation>Print what has changed</translation>
    </message>
    <message>
        <source>打印选中的 {count} 样</source>
        <translation>Print the ticked papers ({count})</translation>
    </message>
    <message>
        <source>收扫描件</source>
        <translation>Take in scans</translation>
    </message>
</context>
<context>
    <name>Doors</name>
    <message>
        <source>请看一下</source>
        <translation>Please note</translation>
    </message>
    <message>
        <source>出了点毛病</source>
        <translation>Something went wrong</translation>
    </message>
    <message>
        <source>保存报告…</source>
        <translation>Save report…</translation>
    </message>
    <message>
        <source>保存报告</source>
        <translation>Save report</translation>
    </message>
</context>
<context>
    <name>DraftKeeper</name>
    <message>
        <source>上次（{when}）写到一半，还没有保存。</source>
        <translation>You were writing this ({when}) and it was not saved yet.</translation>
    </message>
    <message>
        <source>接着写</source>
        <translation>Go on writing</translation>
    </message>
    <message>
        <source>不要了</source>
        <translation>Discard</translation>
    </message>
</context>
<context>
    <name>DueField</name>
    <message>
        <source>如 签字后15天内、下月底、3.15</source>
        <translation>3.15 or 20260315</translation>
    </message>
</context>
<context>
    <name>DutiesField</name>
    <message>
        <source>加一件要做的事</source>
        <translation>Add something to be done</translation>
    </message>
    <message>
        <source>做什么、做到什么样</source>
        <translation>What is to be done, and to what end</translation>
    </message>
    <message>
        <source>例如：修好屋顶，不再漏雨</source>
        <translation>For example: mend the roof so that it no longer leaks</translation>
    </message>
    <message>
        <source>谁来做</source>
        <translation>Who does it</translation>
    </message>
    <message>
        <source>最晚哪一天</source>
        <translation>By which day</translation>
    </message>
</context>
<context>
    <name>DutyTable</name>
    <message>
        <source>要履行的</source>
        <translation>To be performed</translation>
    </message>
    <message>
        <source>还有 {count} 样</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>做什么、付多少</source>
        <translation>What, or how much</translation>
    </message>
    <message>
        <source>到哪天</source>
        <translation>By</translation>
    </message>
    <message>
        <source>做到哪了</source>
        <translation>How far</translation>
    </message>
    <message>
        <source>登记履行</source>
        <translation>Record performance</translation>
    </message>
    <message>
        <source>{sum} 元</source>
        <translation>{sum} yuan</translation>
    </message>
    <message>
        <source>{sum} 元，已付 {paid} 元</source>
        <translation>{sum} yuan, {paid} paid</translation>
    </message>
    <message>
        <source>还没做</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>做了一部分</source>
        <translation>In part</translation>
    </message>
    <message>
        <source>做到了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>过期了</source>
        <translation>Overdue</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>EvidenceForm</name>
    <message>
        <source>例如：微信转账记录</source>
        <translation>For example: record of a WeChat transfer</translation>
    </message>
    <message>
        <source>这份材料说明什么</source>
        <translation>What this evidence shows</translation>
    </message>
    <message>
        <source>不是当事人给的，写从哪里来，例如：调解员现场拍摄</source>
        <translation>If no party handed it in, say where it comes from, for example: photo by the mediator</translation>
    </message>
    <message>
        <source>复印件</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>原件</source>
        <translation>Original</translation>
    </message>
</context>
<context>
    <name>EvidenceSection</name>
    <message>
        <source>证据</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>照片可以拖到这里，也可以复制以后按 Ctrl+V。拖到哪件证据上，就归到哪件。</source>
        <translation>Drag photos here, or copy them and press Ctrl+V. A photo dropped on a piece of evidence belongs to it.</translation>
    </message>
    <message>
        <source>收扫描件</source>
        <translation>Take in scans</translation>
    </message>
    <message>
        <source>加照片</source>
        <translation>Add photos</translation>
    </message>
    <message>
        <source>登记证据</source>
        <translation>Record evidence</translation>
    </message>
    <message>
        <source>没有归到哪件证据的照片</source>
        <translation>Photos that belong to no evidence yet</translation>
    </message>
    <message>
        <source>身份和授权的证明</source>
        <translation>Proof of identity and authority</translation>
    </message>
    <message>
        <source>没有证据材料。</source>
        <translation>There is no evidence.</translation>
    </message>
    <message>
        <source>没有证据材料。收到单据、照片、录音，在这里登记；原件看过就还给本人。</source>
        <translation>No evidence yet. Record receipts, photos and recordings here; look at originals and give them back.</translation>
    </message>
    <message>
        <source>给“{name}”加照片</source>
        <translation>Add photos to &quot;{name}&quot;</translation>
    </message>
    <message>
        <source>加扫描页</source>
        <translation>Add scanned pages</translation>
    </message>
    <message>
        <source>打印时一页一张；照片是一页两到四张</source>
        <translation>Printed one to a page; photos two to four to a page</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>{number}. {name}</source>
        <translation>{number}. {name}</translation>
    </message>
    <message>
        <source>已作废：{reason}</source>
        <translation>Void: {reason}</translation>
    </message>
    <message>
        <source>{name} 提供</source>
        <translation>Handed in by {name}</translation>
    </message>
    <message>
        <source>原件</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>复印件</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>{copies} 份，共 {pages} 页</source>
        <translation>Copies: {copies}, pages: {pages}</translation>
    </message>
    <message>
        <source>证明：{text}</source>
        <translation>Shows: {text}</translation>
    </message>
    <message>
        <source>和原件核对过：{said}</source>
        <translation>Compared with the original: {said}</translation>
    </message>
    <message>
        <source>还没有和原件核对</source>
        <translation>Not compared with the original yet</translation>
    </message>
    <message>
        <source>{day} 退还</source>
        <translation>Given back on {day}</translation>
    </message>
    <message>
        <source>选照片</source>
        <translation>Choose photos</translation>
    </message>
    <message>
        <source>选扫描页</source>
        <translation>Choose scanned pages</translation>
    </message>
    <message>
        <source>没有登记证据。</source>
        <translation>There is no evidence.</translation>
    </message>
    <message>
        <source>{copies} 份 {pages} 页</source>
        <translation>Copies: {copies}, pages: {pages}</translation>
    </message>
    <message>
        <source>签字页</source>
        <translation>Signed page</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>证明</source>
        <translation>Proof</translation>
    </message>
    <message>
        <source>收据</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>屏幕上写的字</source>
        <translation>Writing on the screen</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
</context>
<context>
    <name>ExchangesField</name>
    <message>
        <source>再问一句</source>
        <translation>Ask another question</translation>
    </message>
</context>
<context>
    <name>ExitForm</name>
    <message>
        <source>怎么结束</source>
        <translation>How it ends</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>写一句原因，以后查得清</source>
        <translation>A sentence why, so that it is clear later</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>没有写</source>
        <translation>Not written</translation>
    </message>
    <message>
        <source>有 {n} 个文件还没取到，有网时自动取。</source>
        <translation>Photos and scans not here yet: {n}. They are fetched by themselves when there is a network.</translation>
    </message>
    <message>
        <source>有 {n} 个文件还没取到；卷在等审核的时候，有网就自动取。</source>
        <translation>Photos and scans not here yet: {n}. While the case waits for review they are fetched by themselves when there is a network.</translation>
    </message>
</context>
<context>
    <name>FactsForm</name>
    <message>
        <source>什么事</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>例如：装修掉物砸坏屋瓦</source>
        <translation>For example: roof tiles broken by falling objects</translation>
    </message>
    <message>
        <source>什么时候、在哪里、谁和谁、因为什么、到了哪一步</source>
        <translation>When, where, who, why, and how far it has gone</translation>
    </message>
    <message>
        <source>一行写一条请求</source>
        <translation>One request a line</translation>
    </message>
    <message>
        <source>轻重缓急</source>
        <translation>How grave and urgent</translation>
    </message>
    <message>
        <source>红、黄两级写明原因</source>
        <translation>Give the reason for red and yellow</translation>
    </message>
    <message>
        <source>不填就用双方姓名加纠纷类型</source>
        <translation>Left empty: both names and the type of dispute</translation>
    </message>
    <message>
        <source>归类（统计和报表要用）</source>
        <translation>Classification (for statistics and reports)</translation>
    </message>
</context>
<context>
    <name>FactsSection</name>
    <message>
        <source>纠纷情况</source>
        <translation>The dispute</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>{amount} 元</source>
        <translation>{amount} yuan</translation>
    </message>
</context>
<context>
    <name>FeeField</name>
    <message>
        <source>没有</source>
        <translation>No</translation>
    </message>
    <message>
        <source>收过</source>
        <translation>Taken</translation>
    </message>
    <message>
        <source>收过当事人的钱吗</source>
        <translation>Was a fee taken from a party?</translation>
    </message>
</context>
<context>
    <name>FileDoor</name>
    <message>
        <source>{name}：{sentence}</source>
        <translation>{name}: {sentence}</translation>
    </message>
</context>
<context>
    <name>FilePage</name>
    <message>
        <source>回到名单</source>
        <translation>Back to the list</translation>
    </message>
    <message>
        <source>打开案件</source>
        <translation>Open the case</translation>
    </message>
    <message>
        <source>您的意见：{delivery}</source>
        <translation>Your remark: {delivery}</translation>
    </message>
    <message>
        <source>{decision}：已保存在本机，等着上报。</source>
        <translation>{decision}: on this computer, waiting to be sent.</translation>
    </message>
</context>
<context>
    <name>FileSection</name>
    <message>
        <source>说说这里</source>
        <translation>Remark here</translation>
    </message>
    <message>
        <source>在这里留意见：{name}</source>
        <translation>Leave a remark here: {name}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>第 {page} 页</source>
        <translation>page {page}</translation>
    </message>
    <message>
        <source>第 {page} 页（未核对）</source>
        <translation>page {page} (not checked)</translation>
    </message>
    <message>
        <source>签字页扫描件</source>
        <translation>Scans of the signed pages</translation>
    </message>
</context>
<context>
    <name>FileWords</name>
    <message>
        <source>还没取到</source>
        <translation>Not here yet</translation>
    </message>
    <message>
        <source>不在本机</source>
        <translation>Not on this computer</translation>
    </message>
    <message>
        <source>县局已收</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>需要处理</source>
        <translation>Needs attention</translation>
    </message>
    <message>
        <source>在本机</source>
        <translation>On this computer</translation>
    </message>
    <message>
        <source>等着上传</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>在本机，县局也收到了。</source>
        <translation>It is on this computer, and the county has it too.</translation>
    </message>
    <message>
        <source>在本机，没有传上去，请到“待上报”看原因。</source>
        <translation>It is on this computer but was not sent. Please see Waiting for the reason.</translation>
    </message>
    <message>
        <source>在本机。</source>
        <translation>It is on this computer.</translation>
    </message>
    <message>
        <source>在本机，等着上传。有网时自动传，断了接着传。</source>
        <translation>It is on this computer and waits. With a network it goes by itself; after a break it goes on from where it stopped.</translation>
    </message>
    <message>
        <source>还没取到，有网时自动取。</source>
        <translation>Not here yet; it is fetched by itself when there is a network.</translation>
    </message>
    <message>
        <source>这个文件在办案的那台电脑上，这里不取。</source>
        <translation>This file is on the laptop that works on the case; it is not fetched here.</translation>
    </message>
    <message>
        <source>还没取到；这件案子报送审核以后，有网时自动取。</source>
        <translation>Not here yet; once the case is handed in for review it is fetched by itself when there is a network.</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>能放进来的文件 ({endings})</source>
        <translation>Files that can be added ({endings})</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>姓名、拼音首字母、事由、编号</source>
        <translation>Name, pinyin initials, matter, number</translation>
    </message>
    <message>
        <source>查找案件</source>
        <translation>Find cases</translation>
    </message>
    <message>
        <source>进展</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>纠纷类型</source>
        <translation>Dispute type</translation>
    </message>
    <message>
        <source>上报与审核</source>
        <translation>Delivery and review</translation>
    </message>
    <message>
        <source>谁的案件</source>
        <translation>Whose cases</translation>
    </message>
    <message>
        <source>清除筛选</source>
        <translation>Clear filters</translation>
    </message>
    <message>
        <source>{name}：全部</source>
        <translation>{name}: all</translation>
    </message>
    <message>
        <source>还在办的</source>
        <translation>Still open</translation>
    </message>
    <message>
        <source>等待审核</source>
        <translation>Waiting for review</translation>
    </message>
    <message>
        <source>退回修改</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>审核通过</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>本委员会的</source>
        <translation>Our own</translation>
    </message>
    <message>
        <source>别人办的</source>
        <translation>Other people&apos;s</translation>
    </message>
</context>
<context>
    <name>FinaliseForm</name>
    <message>
        <source>不填就接着往下编</source>
        <translation>Left empty: the next number</translation>
    </message>
    <message>
        <source>定稿以后文字就不能再改，马上可以打印签字。</source>
        <translation>Once finalised the text cannot change; it can be printed and signed at once.</translation>
    </message>
    <message>
        <source>本机的号段用完了，这份协议先用临时编号。临时编号写在纸上一直有效，以后不会改；和县局联系上、拿到新号段以后，新文书用正式编号。</source>
        <translation>The numbers lent to this computer are used up, so this agreement gets a provisional number. It stays valid on its paper and will not change. Once the county has lent new numbers, new papers get regular ones.</translation>
    </message>
    <message>
        <source>还剩 {n} 个号。请找机会上报一次，县局会再给。</source>
        <translation>Numbers left: {n}. Please send once when you can; the county then lends more.</translation>
    </message>
</context>
<context>
    <name>FirstStartPage</name>
    <message>
        <source>欢迎使用和事</source>
        <translation>Welcome to Heshi</translation>
    </message>
    <message>
        <source>先填几样，以后所有文书都用它，不用再填。都可以在“设置”里改。</source>
        <translation>A few things first; every paper will use them, and you will not be asked again. All can be changed in Settings.</translation>
    </message>
    <message>
        <source>调委会</source>
        <translation>Committee</translation>
    </message>
    <message>
        <source>调委会全称（和公章一致）</source>
        <translation>Full name of the committee (as on its seal)</translation>
    </message>
    <message>
        <source>如：九溪镇六十亩村人民调解委员会</source>
        <translation>such as Liushimu Village People&apos;s Mediation Committee</translation>
    </message>
    <message>
        <source>编号用的简称</source>
        <translation>Short name for numbers</translation>
    </message>
    <message>
        <source>如：九溪六十亩村，编号会写成〔2026〕九溪六十亩村人调字第001号</source>
        <translation>as it stands in the numbers of agreements</translation>
    </message>
    <message>
        <source>所在地区</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>如：某县九溪镇六十亩村</source>
        <translation>county, town, village</translation>
    </message>
    <message>
        <source>地区代码（12 位，可以先空着）</source>
        <translation>Region code (12 digits; may stay empty)</translation>
    </message>
    <message>
        <source>不知道就空着，登记到县局时会带过来</source>
        <translation>Leave it empty if you do not know it; enrolling brings it along</translation>
    </message>
    <message>
        <source>调解员</source>
        <translation>Mediator</translation>
    </message>
    <message>
        <source>您的姓名</source>
        <translation>Your name</translation>
    </message>
    <message>
        <source>您的电话（可以先空着）</source>
        <translation>Your telephone (may stay empty)</translation>
    </message>
    <message>
        <source>口令</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>这台电脑没有可用的密码保管处，所以要设一个口令，每次打开和事时输入。请记牢：忘了口令，谁也打不开这些记录。</source>
        <translation>This computer has no place to keep secrets, so Heshi needs a password each time it opens. Remember it well: without it nobody can open these records.</translation>
    </message>
    <message>
        <source>口令（至少 10 个字，可以是一句话）</source>
        <translation>Password (10 characters or more; a sentence will do)</translation>
    </message>
    <message>
        <source>再输一遍</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>县局地址</source>
        <translation>County address</translation>
    </message>
    <message>
        <source>登记码</source>
        <translation>Enrolment code</translation>
    </message>
    <message>
        <source>县局给的一次性登记码</source>
        <translation>The one-time code that the county gave you</translation>
    </message>
    <message>
        <source>开始使用</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>两遍口令不一样，请再输一遍。</source>
        <translation>The two passwords differ. Please type it once more.</translation>
    </message>
    <message>
        <source>正在准备……</source>
        <translation>Preparing …</translation>
    </message>
    <message>
        <source>县局给了登记码吗？</source>
        <translation>Did the county give you a one-time code?</translation>
    </message>
    <message>
        <source>给了就填这两样，调委会和您的姓名会自动带过来，审核人员也这样登记。还没有就空着，以后在“设置”里登记。</source>
        <translation>Then these two are enough: committee and name come along. Supervisors enrol the same way. If not, leave them empty; it can be done later in Settings.</translation>
    </message>
</context>
<context>
    <name>FollowUpSection</name>
    <message>
        <source>协议生效以后，在这里登记履行和回访。</source>
        <translation>Once the agreement is in effect, record performance and visits here.</translation>
    </message>
    <message>
        <source>登记履行完毕</source>
        <translation>Record performance</translation>
    </message>
    <message>
        <source>登记回访</source>
        <translation>Record a visit</translation>
    </message>
    <message>
        <source>已经履行完</source>
        <translation>All performed</translation>
    </message>
    <message>
        <source>生效日期</source>
        <translation>In effect since</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>还没有回访。</source>
        <translation>No follow-up visit yet.</translation>
    </message>
    <message>
        <source>履行和回访</source>
        <translation>Performance and visits</translation>
    </message>
    <message>
        <source>记下来</source>
        <translation>Record it</translation>
    </message>
    <message>
        <source>已经做到的</source>
        <translation>Done so far</translation>
    </message>
    <message>
        <source>{sum} 元</source>
        <translation>{sum} yuan</translation>
    </message>
    <message>
        <source>已作废：{what}（{why}）</source>
        <translation>Void: {what} ({why})</translation>
    </message>
    <message>
        <source>看凭证</source>
        <translation>See the receipt</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>该去回访的</source>
        <translation>Visits to be made</translation>
    </message>
    <message>
        <source>回访过的</source>
        <translation>Visits made</translation>
    </message>
    <message>
        <source>{day}（已经过了）</source>
        <translation>{day} (overdue)</translation>
    </message>
    <message>
        <source>记这次回访</source>
        <translation>Record this visit</translation>
    </message>
    <message>
        <source>协议生效后 {days} 天</source>
        <translation>{days} days after the agreement took effect</translation>
    </message>
    <message>
        <source>到期后 {days} 天</source>
        <translation>{days} days after it was due</translation>
    </message>
    <message>
        <source>履行完后 {days} 天</source>
        <translation>{days} days after all was performed</translation>
    </message>
    <message>
        <source>{rule}（{counted}）</source>
        <translation>{rule} ({counted})</translation>
    </message>
    <message>
        <source>看回访记录</source>
        <translation>See the follow-up record</translation>
    </message>
    <message>
        <source>有新的风险</source>
        <translation>New trouble is brewing</translation>
    </message>
</context>
<context>
    <name>HandOverForm</name>
    <message>
        <source>移交给谁</source>
        <translation>Hand over to</translation>
    </message>
    <message>
        <source>改派给谁</source>
        <translation>Give the case to</translation>
    </message>
    <message>
        <source>例如：老王住院，这件由老赵接着办</source>
        <translation>For example: Wang is in hospital, Zhao goes on with this case</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>还不知道同一个调委会有别的电脑。和县局联系一次以后再来看。</source>
        <translation>No other laptop of this committee is known here yet. Please look again after the next contact with the county.</translation>
    </message>
    <message>
        <source>{name}的电脑</source>
        <translation>the laptop of {name}</translation>
    </message>
    <message>
        <source>对方的电脑</source>
        <translation>the other laptop</translation>
    </message>
    <message>
        <source>交出后本机只能看，不能改；{who}收到以后接着办。已经写的都在，一样不少。</source>
        <translation>From then on the case can only be read here; {who} goes on with it once it has arrived there. All that is written stays.</translation>
    </message>
    <message>
        <source>改派后原来的电脑只能看，不能改；{who}收到以后接着办。已经写的都在，一样不少。</source>
        <translation>From then on the case can only be read on the laptop that has it now; {who} goes on with it once it has arrived there. All that is written stays.</translation>
    </message>
</context>
<context>
    <name>HandOverSection</name>
    <message>
        <source>移交案件</source>
        <translation>Hand over the case</translation>
    </message>
    <message>
        <source>改派案件</source>
        <translation>Give the case to somebody else</translation>
    </message>
    <message>
        <source>移交</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>改派</source>
        <translation>Give it over</translation>
    </message>
    <message>
        <source>交出去了：已保存在本机，上报以后对方就能收到。</source>
        <translation>Handed over: saved on this computer. The other side gets it once it was sent.</translation>
    </message>
</context>
<context>
    <name>Handwriting</name>
    <message>
        <source>屏幕手写，只作参考，不能代替纸上签名。</source>
        <translation>Written on the screen, for reference only; it does not replace the signature on paper.</translation>
    </message>
</context>
<context>
    <name>HandwritingDialog</name>
    <message>
        <source>屏幕手写</source>
        <translation>Writing on the screen</translation>
    </message>
    <message>
        <source>撤一笔</source>
        <translation>Undo a stroke</translation>
    </message>
    <message>
        <source>擦掉重写</source>
        <translation>Wipe and write again</translation>
    </message>
    <message>
        <source>留下</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>请{name}用笔、手指或者鼠标写名字</source>
        <translation>{name}, please write your name with a pen, a finger or the mouse</translation>
    </message>
</context>
<context>
    <name>HandwritingPad</name>
    <message>
        <source>手写的地方</source>
        <translation>Place to write</translation>
    </message>
</context>
<context>
    <name>HandwritingStrip</name>
    <message>
        <source>屏幕手写</source>
        <translation>Writing on the screen</translation>
    </message>
    <message>
        <source>婚姻、抚养、收养、继承这类事，只认纸上亲笔签名，这里不提供屏幕手写。</source>
        <translation>For marriage, custody, adoption and inheritance only a signature on paper counts; writing on the screen is not offered here.</translation>
    </message>
    <message>
        <source>{name}的屏幕手写，只作参考</source>
        <translation>Written on the screen by {name}, for reference only</translation>
    </message>
    <message>
        <source>重写</source>
        <translation>Write again</translation>
    </message>
    <message>
        <source>手写</source>
        <translation>Write</translation>
    </message>
    <message>
        <source>{name}：屏幕手写</source>
        <translation>{name}: writing on the screen</translation>
    </message>
    <message>
        <source>重新写了</source>
        <translation>Written again</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>列表</source>
        <translation>List</translation>
    </message>
    <message>
        <source>回到列表（Esc）</source>
        <translation>Back to the list (Esc)</translation>
    </message>
    <message>
        <source>{first} 与 {second}</source>
        <translation>{first} and {second}</translation>
    </message>
    <message>
        <source>还不知道是谁</source>
        <translation>Nobody named yet</translation>
    </message>
    <message>
        <source>{who}：{about}</source>
        <translation>{who}: {about}</translation>
    </message>
    <message>
        <source>登记当事人</source>
        <translation>Add the parties</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>告知权利义务</source>
        <translation>Tell rights and duties</translation>
    </message>
    <message>
        <source>开始调解</source>
        <translation>Begin mediation</translation>
    </message>
    <message>
        <source>接着记这次调解</source>
        <translation>Go on with this session</translation>
    </message>
    <message>
        <source>起草协议</source>
        <translation>Draft the agreement</translation>
    </message>
    <message>
        <source>打印协议</source>
        <translation>Print the agreement</translation>
    </message>
    <message>
        <source>登记签字</source>
        <translation>Record signatures</translation>
    </message>
    <message>
        <source>登记履行</source>
        <translation>Record performance</translation>
    </message>
    <message>
        <source>回访</source>
        <translation>Follow up</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>归档</source>
        <translation>Bind the file</translation>
    </message>
    <message>
        <source>报送审核</source>
        <translation>Hand in for review</translation>
    </message>
    <message>
        <source>改好了，再报送</source>
        <translation>Mended, hand in again</translation>
    </message>
    <message>
        <source>恢复调解</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>{grade}色</source>
        <translation>{grade}</translation>
    </message>
    <message>
        <source>{author}（{day}）：{text}</source>
        <translation>{author} ({day}): {text}</translation>
    </message>
    <message>
        <source>去看看</source>
        <translation>Go and see</translation>
    </message>
    <message>
        <source>这一步要写《{name}》。</source>
        <translation>This step needs a paper: {name}.</translation>
    </message>
    <message>
        <source>去写</source>
        <translation>Go and write it</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>移交…</source>
        <translation>Hand over…</translation>
    </message>
    <message>
        <source>改派…</source>
        <translation>Give to somebody else…</translation>
    </message>
    <message>
        <source>两个人改了同一处，请定一个。</source>
        <translation>Two people changed the same thing. Please settle it.</translation>
    </message>
    <message>
        <source>两个人改了同一处，等着定一个。</source>
        <translation>Two people changed the same thing; it waits to be settled.</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>关上</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>HistorySection</name>
    <message>
        <source>经过</source>
        <translation>History</translation>
    </message>
    <message>
        <source>再看 {count} 条</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>{act}：{fields}</source>
        <translation>{act}: {fields}</translation>
    </message>
    <message>
        <source>更早的还有 {count} 条。</source>
        <translation>{count} earlier entries are not shown.</translation>
    </message>
    <message>
        <source>还没有记载。</source>
        <translation>Nothing recorded yet.</translation>
    </message>
    <message>
        <source>{act}：由{before}交给{after}，原因：{reason}</source>
        <translation>{act}: from {before} to {after}. Reason: {reason}</translation>
    </message>
    <message>
        <source>（没有记下）</source>
        <translation>(not recorded)</translation>
    </message>
    <message>
        <source>{field}用先到的</source>
        <translation>{field}: the first one</translation>
    </message>
    <message>
        <source>{field}用后到的</source>
        <translation>{field}: the later one</translation>
    </message>
    <message>
        <source>{field}另写的</source>
        <translation>{field}: written anew</translation>
    </message>
</context>
<context>
    <name>InstalmentTable</name>
    <message>
        <source>第 {number} 期</source>
        <translation>Instalment {number}</translation>
    </message>
    <message>
        <source>{amount} 元</source>
        <translation>{amount} yuan</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
</context>
<context>
    <name>InvestigationForm</name>
    <message>
        <source>问的是谁</source>
        <translation>Who was asked</translation>
    </message>
    <message>
        <source>例如：邻居，当时在场</source>
        <translation>For example: a neighbour who was there</translation>
    </message>
    <message>
        <source>时间、地点、人</source>
        <translation>When, where, who</translation>
    </message>
    <message>
        <source>例如：当事人家里、现场</source>
        <translation>For example: a party&apos;s home, the site</translation>
    </message>
    <message>
        <source>最好另有一人记录</source>
        <translation>Better somebody else than who asks</translation>
    </message>
    <message>
        <source>例如：村民组长盘某</source>
        <translation>For example: the head of the village group</translation>
    </message>
    <message>
        <source>调查记录</source>
        <translation>Investigation record</translation>
    </message>
    <message>
        <source>写完按回车，接着写下一句；同一句里换行按 Shift+回车。</source>
        <translation>Enter goes on to the next line; Shift+Enter breaks the line inside one.</translation>
    </message>
</context>
<context>
    <name>InvestigationsSection</name>
    <message>
        <source>调查</source>
        <translation>Investigation</translation>
    </message>
    <message>
        <source>记一次调查</source>
        <translation>Record a talk</translation>
    </message>
    <message>
        <source>没有调查记录。</source>
        <translation>There is no investigation record.</translation>
    </message>
    <message>
        <source>没有调查记录。找邻居、证人问过话，或者到现场看过，在这里记下。</source>
        <translation>No investigation record yet. When you have talked to neighbours or witnesses or looked at the site, write it down here.</translation>
    </message>
    <message>
        <source>看文书</source>
        <translation>See the paper</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>加签好的扫描件</source>
        <translation>Add the signed scan</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>第 {number} 份</source>
        <translation>No. {number}</translation>
    </message>
    <message>
        <source>{name}（{relation}）</source>
        <translation>{name} ({relation})</translation>
    </message>
    <message>
        <source>还没写问的是谁</source>
        <translation>Not said yet who was asked</translation>
    </message>
    <message>
        <source>已作废：{reason}</source>
        <translation>Void: {reason}</translation>
    </message>
    <message>
        <source>调查人：{names}</source>
        <translation>Investigators: {names}</translation>
    </message>
    <message>
        <source>记录人：{name}</source>
        <translation>Recorder: {name}</translation>
    </message>
    <message>
        <source>问：{text}</source>
        <translation>Q: {text}</translation>
    </message>
    <message>
        <source>答：{text}</source>
        <translation>A: {text}</translation>
    </message>
    <message>
        <source>还有 {count} 问</source>
        <translation>Further questions: {count}</translation>
    </message>
    <message>
        <source>还没有记问答。</source>
        <translation>No questions and answers yet.</translation>
    </message>
    <message>
        <source>选签好的扫描件</source>
        <translation>Choose the signed scan</translation>
    </message>
    <message>
        <source>第 {number} 次调查</source>
        <translation>Talk {number}</translation>
    </message>
    <message>
        <source>问：{words}</source>
        <translation>Q: {words}</translation>
    </message>
    <message>
        <source>没有写</source>
        <translation>not written</translation>
    </message>
    <message>
        <source>答：{words}</source>
        <translation>A: {words}</translation>
    </message>
</context>
<context>
    <name>LaptopsPane</name>
    <message>
        <source>人、调委会、拼音</source>
        <translation>Person, committee, pinyin</translation>
    </message>
    <message>
        <source>在各村电脑里找</source>
        <translation>Search the village laptops</translation>
    </message>
    <message>
        <source>各村电脑</source>
        <translation>Village laptops</translation>
    </message>
    <message>
        <source>没有找到。清空上面的搜索，就能看到所有的电脑。</source>
        <translation>Nothing found. Clear the search above to see every laptop.</translation>
    </message>
    <message>
        <source>县局还没有告诉这里有哪些电脑。和县局联系一次以后再来看。</source>
        <translation>The county has not told yet which laptops there are. Please look again after the next contact with the county.</translation>
    </message>
    <message>
        <source>共 {n} 台，要看看的排在前面。县局 {when}（{ago}）告诉的。</source>
        <translation>{n} in all; those that want a look stand first. As the county told it {when} ({ago}).</translation>
    </message>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>调委会</source>
        <translation>Committee</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>上次联系</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>没报的</source>
        <translation>Not sent</translation>
    </message>
    <message>
        <source>最早等了</source>
        <translation>Waited</translation>
    </message>
    <message>
        <source>没采用的</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>{n} 条</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>钟</source>
        <translation>Clock</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>在用</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>已停用</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>报失</source>
        <translation>Lost</translation>
    </message>
    <message>
        <source>停住了</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>县局停用了这台电脑，它写的不再收。</source>
        <translation>The county has withdrawn this laptop; nothing more is taken from it.</translation>
    </message>
    <message>
        <source>这台电脑报了失，它写的不再收。</source>
        <translation>This laptop was reported lost; nothing more is taken from it.</translation>
    </message>
    <message>
        <source>这台电脑的记录前后对不上，县局先停住了，请县局管理员看看。</source>
        <translation>The records of this laptop do not follow on each other, so the county stopped it for now. Please have the county administrator look at it.</translation>
    </message>
    <message>
        <source>联系没完成</source>
        <translation>Broke off</translation>
    </message>
    <message>
        <source>还没联系过</source>
        <translation>Never yet</translation>
    </message>
    <message>
        <source>{ago}，后来没完成</source>
        <translation>{ago}, then broke off</translation>
    </message>
    <message>
        <source>上次联系：{when}</source>
        <translation>Last contact: {when}</translation>
    </message>
    <message>
        <source>；后来又开了头，没有完成，多半是网络断了。</source>
        <translation>; it began once more and did not get to the end, most likely because the network broke.</translation>
    </message>
    <message>
        <source>{n} 件，{size}</source>
        <translation>{n}, {size}</translation>
    </message>
    <message>
        <source>上次联系时它说：还有 {entries} 条文字、{files} 个文件没报。</source>
        <translation>At the last contact it said what was not sent yet: entries {entries}, files {files}.</translation>
    </message>
    <message>
        <source>准</source>
        <translation>Right</translation>
    </message>
    <message>
        <source>还没有报到县局的文字和文件</source>
        <translation>Texts and files not yet sent to the county</translation>
    </message>
    <message>
        <source>没报的里面最早的已经等了多久</source>
        <translation>How long the oldest of what is not sent has waited</translation>
    </message>
    <message>
        <source>县局收到了、没有采用的条数</source>
        <translation>Entries the county received and did not apply</translation>
    </message>
    <message>
        <source>这台电脑的钟比县局的快还是慢</source>
        <translation>Whether its clock is ahead of the county&apos;s or behind</translation>
    </message>
</context>
<context>
    <name>LetterForm</name>
    <message>
        <source>谁申请回避</source>
        <translation>Who asks for the recusal</translation>
    </message>
    <message>
        <source>要哪位调解员回避</source>
        <translation>Which mediator should step aside</translation>
    </message>
    <message>
        <source>延长到哪一天</source>
        <translation>Extended until</translation>
    </message>
    <message>
        <source>估计到哪一天能接着调</source>
        <translation>Mediation can probably go on from</translation>
    </message>
    <message>
        <source>选了以后，下面的话还可以改</source>
        <translation>Once chosen, the words below can still be changed</translation>
    </message>
    <message>
        <source>常见的原因</source>
        <translation>Common reasons</translation>
    </message>
    <message>
        <source>这件事该找哪里</source>
        <translation>Where this matter belongs</translation>
    </message>
    <message>
        <source>送到哪里</source>
        <translation>Sent to</translation>
    </message>
    <message>
        <source>写全称，例如：某某镇派出所</source>
        <translation>The full name, for example: police station of the town</translation>
    </message>
    <message>
        <source>双方都认可的事实</source>
        <translation>Facts that both sides accept</translation>
    </message>
    <message>
        <source>不写就列出开过的调解</source>
        <translation>Left empty: the sessions that were held are listed</translation>
    </message>
    <message>
        <source>已经做了哪些工作</source>
        <translation>What has been done so far</translation>
    </message>
    <message>
        <source>随附材料</source>
        <translation>Enclosures</translation>
    </message>
    <message>
        <source>一行写一样</source>
        <translation>One a line</translation>
    </message>
    <message>
        <source>调委会怎么决定的</source>
        <translation>What the committee decided</translation>
    </message>
    <message>
        <source>还没决定就空着</source>
        <translation>Leave empty until it is decided</translation>
    </message>
    <message>
        <source>送达地点</source>
        <translation>Place of service</translation>
    </message>
    <message>
        <source>送的是哪份文书</source>
        <translation>Which paper is served</translation>
    </message>
    <message>
        <source>再加一个收件人</source>
        <translation>Add another recipient</translation>
    </message>
</context>
<context>
    <name>LettersSection</name>
    <message>
        <source>告知和函件</source>
        <translation>Notices and letters</translation>
    </message>
    <message>
        <source>通知书、告知书、移送函在这里写，打印时自动给号。</source>
        <translation>Write notices and letters here; they get their number when they are printed.</translation>
    </message>
    <message>
        <source>新写一份</source>
        <translation>Write a new one</translation>
    </message>
    <message>
        <source>这一步要写《{name}》。</source>
        <translation>This step needs a paper: {name}.</translation>
    </message>
    <message>
        <source>现在就写</source>
        <translation>Write it now</translation>
    </message>
    <message>
        <source>已作废：{what}（{why}）</source>
        <translation>Void: {what} ({why})</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>记送达</source>
        <translation>Record service</translation>
    </message>
    <message>
        <source>记回执</source>
        <translation>Record the receipt slip</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>还没有号</source>
        <translation>No number yet</translation>
    </message>
    <message>
        <source>回执：受理了</source>
        <translation>Receipt slip: accepted</translation>
    </message>
    <message>
        <source>回执：没有受理</source>
        <translation>Receipt slip: not accepted</translation>
    </message>
    <message>
        <source>到 {day} 还没收到回执，去问一问。</source>
        <translation>No receipt slip by {day}. Please ask.</translation>
    </message>
    <message>
        <source>等回执，到 {day} 该收到。</source>
        <translation>Waiting for the receipt slip, due by {day}.</translation>
    </message>
    <message>
        <source>{who} 没有收：{why}</source>
        <translation>{who} did not take it: {why}</translation>
    </message>
    <message>
        <source>送给 {who}</source>
        <translation>Served on {who}</translation>
    </message>
    <message>
        <source>没有通知书和函件。</source>
        <translation>There are no notices or letters.</translation>
    </message>
    <message>
        <source>给谁</source>
        <translation>To</translation>
    </message>
    <message>
        <source>没有收：{why}</source>
        <translation>Not taken: {why}</translation>
    </message>
    <message>
        <source>受理了</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>没有受理</source>
        <translation>Not accepted</translation>
    </message>
</context>
<context>
    <name>Light</name>
    <message>
        <source>能过</source>
        <translation>Passes</translation>
    </message>
    <message>
        <source>还差</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>过不了</source>
        <translation>Will not pass</translation>
    </message>
    <message>
        <source>现在 {points} 分，补齐能到 {reachable} 分（满分 {full} 分）</source>
        <translation>Now {points} points, up to {reachable} once complete (of {full})</translation>
    </message>
    <message>
        <source>按现在算：{grade}</source>
        <translation>As it stands: {grade}</translation>
    </message>
</context>
<context>
    <name>LightMargin</name>
    <message>
        <source>能过吗？能领补贴吗？</source>
        <translation>Will it pass? Is there a subsidy?</translation>
    </message>
    <message>
        <source>现在要补的</source>
        <translation>To add now</translation>
    </message>
    <message numerus="yes">
        <source>以后才到的 %n 样</source>
        <translation>
            <numerusform>%n thing not due yet</numerusform>
            <numerusform>%n things not due yet</numerusform>
        </translation>
    </message>
    <message>
        <source>看评分表</source>
        <translation>See the review sheet</translation>
    </message>
    <message>
        <source>先解决：{what}</source>
        <translation>First settle: {what}</translation>
    </message>
    <message>
        <source>去改</source>
        <translation>Go and mend it</translation>
    </message>
    <message>
        <source>还有 {count} 样</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>补贴：可以领 {amount} 元</source>
        <translation>Subsidy: {amount} yuan can be claimed</translation>
    </message>
    <message>
        <source>补贴：这件看来领不到</source>
        <translation>Subsidy: probably none for this case</translation>
    </message>
    <message>
        <source>补贴：补齐后 {amount} 元</source>
        <translation>Subsidy: {amount} yuan once complete</translation>
    </message>
    <message>
        <source>补贴：县里未定。照示例标准是 {amount} 元</source>
        <translation>Subsidy: not set by the county. By the example scale {amount} yuan</translation>
    </message>
    <message>
        <source>领补贴还差</source>
        <translation>Missing for the subsidy</translation>
    </message>
    <message>
        <source>{what}（{points} 分）</source>
        <translation>{what} ({points} pt)</translation>
    </message>
</context>
<context>
    <name>LightPane</name>
    <message>
        <source>评分表</source>
        <translation>Review sheet</translation>
    </message>
    <message>
        <source>一票否决</source>
        <translation>Any of these fails the file</translation>
    </message>
    <message>
        <source>现在要补的</source>
        <translation>To add now</translation>
    </message>
    <message>
        <source>补不回来的</source>
        <translation>Cannot be made good</translation>
    </message>
    <message>
        <source>要人来看的</source>
        <translation>For a person to judge</translation>
    </message>
    <message>
        <source>领补贴还差</source>
        <translation>Missing for the subsidy</translation>
    </message>
    <message>
        <source>{what}（{points} 分）</source>
        <translation>{what} ({points} pt)</translation>
    </message>
    <message>
        <source>写成意见</source>
        <translation>Make it a remark</translation>
    </message>
    <message>
        <source>评分表：{what}</source>
        <translation>Review sheet: {what}</translation>
    </message>
    <message>
        <source>{advice}（{words}）</source>
        <translation>{advice} ({words})</translation>
    </message>
    <message>
        <source>{names}：{words}</source>
        <translation>{names}: {words}</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>案件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>案件列表</source>
        <translation>List of cases</translation>
    </message>
    <message>
        <source>口头小案</source>
        <translation>Oral case</translation>
    </message>
    <message>
        <source>登记新纠纷</source>
        <translation>New dispute</translation>
    </message>
    <message>
        <source>口头小案一页办完（Ctrl+Shift+N）</source>
        <translation>An oral case on one page (Ctrl+Shift+N)</translation>
    </message>
    <message>
        <source>登记新纠纷（Ctrl+N）</source>
        <translation>Register a new dispute (Ctrl+N)</translation>
    </message>
    <message>
        <source>没有找到这样的案件。</source>
        <translation>No such case was found.</translation>
    </message>
    <message>
        <source>清除筛选</source>
        <translation>Clear filters</translation>
    </message>
    <message>
        <source>回车打开 · Ctrl+C 复制选中的行 · 右键点表头选列</source>
        <translation>Enter opens · Ctrl+C copies the chosen lines · right-click a header to choose columns</translation>
    </message>
    <message>
        <source>这里还没有案件。从第一件开始吧。</source>
        <translation>There are no cases yet. Begin with the first one.</translation>
    </message>
    <message>
        <source>口头小案一页办完</source>
        <translation>An oral case on one page</translation>
    </message>
    <message numerus="yes">
        <source>共 %n 件</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>名字、拼音、声母、电话、住址</source>
        <translation>Name, pinyin, initials, telephone, address</translation>
    </message>
    <message>
        <source>找人或单位</source>
        <translation>Find a person or organisation</translation>
    </message>
    <message>
        <source>人员和单位</source>
        <translation>People and organisations</translation>
    </message>
    <message>
        <source>新的人</source>
        <translation>New person</translation>
    </message>
    <message>
        <source>新的单位</source>
        <translation>New organisation</translation>
    </message>
    <message>
        <source>先列 {count} 个，再打几个字就能找到其余的</source>
        <translation>The first {count} are shown; a few more letters find the others</translation>
    </message>
    <message>
        <source>共 {count} 个</source>
        <translation>{count} in all</translation>
    </message>
    <message>
        <source>姓名 / 名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>案件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>出生</source>
        <translation>Born</translation>
    </message>
    <message>
        <source>证件号</source>
        <translation>Card number</translation>
    </message>
    <message>
        <source>住址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Org.</translation>
    </message>
    <message>
        <source>男</source>
        <translation>Male</translation>
    </message>
    <message>
        <source>女</source>
        <translation>Female</translation>
    </message>
    <message>
        <source>人</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>没有找到。可以换拼音或电话试试，也可以点上面新写一个。</source>
        <translation>Nobody found. Try pinyin or the telephone number, or write a new one with the buttons above.</translation>
    </message>
    <message>
        <source>这里还没有人。登记案件时写的当事人会自动出现，也可以点上面先写好。</source>
        <translation>Nobody is here yet. Parties that you write in a case appear by themselves; you can also write somebody first with the buttons above.</translation>
    </message>
</context>
<context>
    <name>MaskedField</name>
    <message>
        <source>{label}：看全号</source>
        <translation>{label}: show the whole number</translation>
    </message>
    <message>
        <source>{label}：遮住</source>
        <translation>{label}: hide the middle</translation>
    </message>
</context>
<context>
    <name>MediatorEditor</name>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>职务</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>专职调解员</source>
        <translation>Full-time mediator</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>{name} 的资料已保存在本机。</source>
        <translation>{name} is saved on this computer.</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>MissingMargin</name>
    <message>
        <source>还缺什么</source>
        <translation>Still missing</translation>
    </message>
    <message>
        <source>该有的都有了。</source>
        <translation>All that must be there is there.</translation>
    </message>
    <message>
        <source>最好也补上</source>
        <translation>Better added too</translation>
    </message>
    <message>
        <source>还有 {count} 样</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>{name} 签字</source>
        <translation>{name}&apos;s signature</translation>
    </message>
    <message>
        <source>{whose} · {field}</source>
        <translation>{whose} · {field}</translation>
    </message>
    <message>
        <source>第 {number} 次调解</source>
        <translation>Session {number}</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Time limits</translation>
    </message>
    <message numerus="yes">
        <source>已过 %n 天</source>
        <translation>
            <numerusform>%n day over</numerusform>
            <numerusform>%n days over</numerusform>
        </translation>
    </message>
    <message>
        <source>就是今天</source>
        <translation>Today</translation>
    </message>
    <message numerus="yes">
        <source>还有 %n 天</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
    <message>
        <source>{date}，{left}</source>
        <translation>{date}, {left}</translation>
    </message>
</context>
<context>
    <name>MissingSection</name>
    <message>
        <source>还缺什么</source>
        <translation>What is missing</translation>
    </message>
    <message>
        <source>{paper}：{blanks}</source>
        <translation>{paper}: {blanks}</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>不缺什么，文书都能打全。</source>
        <translation>Nothing is missing; every paper can be printed in full.</translation>
    </message>
    <message>
        <source>{name}签字</source>
        <translation>signature of {name}</translation>
    </message>
    <message>
        <source>{name}的{field}</source>
        <translation>{field} of {name}</translation>
    </message>
    <message>
        <source>{words}（可以没有）</source>
        <translation>{words} (may stay open)</translation>
    </message>
</context>
<context>
    <name>Moments</name>
    <message>
        <source>{moment}（时间不可信）</source>
        <translation>{moment} (time not to be trusted)</translation>
    </message>
</context>
<context>
    <name>NewCaseForm</name>
    <message>
        <source>姓名或单位，认识的打拼音首字母就出来</source>
        <translation>Name of a person or organisation; pinyin initials find whoever is known</translation>
    </message>
    <message>
        <source>谁来反映的（申请人）</source>
        <translation>Who brought it up (applicant)</translation>
    </message>
    <message>
        <source>和谁（被申请人）</source>
        <translation>Against whom (respondent)</translation>
    </message>
    <message>
        <source>例如：地界、排水、赔偿</source>
        <translation>For example: boundary, drainage, damage</translation>
    </message>
    <message>
        <source>听到什么写什么，后面可以补</source>
        <translation>Write what you heard; the rest can follow</translation>
    </message>
    <message>
        <source>一行写一条请求</source>
        <translation>One request a line</translation>
    </message>
</context>
<context>
    <name>NewCasePage</name>
    <message>
        <source>登记新纠纷</source>
        <translation>New dispute</translation>
    </message>
    <message>
        <source>知道多少写多少，一分钟登记完。缺的后面补，页边会提醒。</source>
        <translation>Write what is known; it takes a minute. What is missing can follow, the margin reminds you.</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Register</translation>
    </message>
</context>
<context>
    <name>NoteForm</name>
    <message>
        <source>缺了什么、哪里破损、哪些是复印件、后来补了什么；都好就写“齐全”</source>
        <translation>What is missing, damaged, only a copy or added later; if all is well, say &quot;complete&quot;</translation>
    </message>
    <message>
        <source>领补贴要看的</source>
        <translation>For the subsidy</translation>
    </message>
    <message>
        <source>县里给这件定的等级，没定就空着</source>
        <translation>The class the county gave this case; empty if none yet</translation>
    </message>
</context>
<context>
    <name>NoticeForm</name>
    <message>
        <source>怎样告知</source>
        <translation>How it was told</translation>
    </message>
    <message>
        <source>告知了谁</source>
        <translation>Who was told</translation>
    </message>
    <message>
        <source>谁告知的</source>
        <translation>Told by</translation>
    </message>
</context>
<context>
    <name>NoticePage</name>
    <message>
        <source>数据文件夹：{folder}</source>
        <translation>Folder of the records: {folder}</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>现在打不开记录</source>
        <translation>The records cannot be opened now</translation>
    </message>
</context>
<context>
    <name>NoticeSection</name>
    <message>
        <source>告知权利义务</source>
        <translation>Tell rights and duties</translation>
    </message>
    <message>
        <source>打印告知书</source>
        <translation>Print the notice</translation>
    </message>
    <message>
        <source>一方不愿调解</source>
        <translation>A party refuses</translation>
    </message>
    <message>
        <source>登记告知</source>
        <translation>Record the notice</translation>
    </message>
    <message>
        <source>开调解会之前，要先把权利义务告诉每一方当事人。{law}</source>
        <translation>Before a session every party must be told its rights and duties. {law}</translation>
    </message>
    <message>
        <source>怎样告知</source>
        <translation>How it was told</translation>
    </message>
    <message>
        <source>告知了谁</source>
        <translation>Told to</translation>
    </message>
    <message>
        <source>谁告知的</source>
        <translation>Told by</translation>
    </message>
    <message>
        <source>{name} 于 {date} 明确不愿调解</source>
        <translation>{name} clearly refused mediation on {date}</translation>
    </message>
    <message>
        <source>不愿调解</source>
        <translation>Refusal</translation>
    </message>
    <message>
        <source>已经告知</source>
        <translation>They were told</translation>
    </message>
    <message>
        <source>登记，结束调解</source>
        <translation>Record it and end the mediation</translation>
    </message>
    <message>
        <source>还没有告知。</source>
        <translation>Rights and duties have not been told yet.</translation>
    </message>
    <message>
        <source>方式</source>
        <translation>How</translation>
    </message>
    <message>
        <source>{name} 在 {day} 表示不愿调解。</source>
        <translation>{name} refused mediation on {day}. </translation>
    </message>
</context>
<context>
    <name>NumbersSection</name>
    <message>
        <source>协议编号</source>
        <translation>Numbers of agreements</translation>
    </message>
    <message>
        <source>纸质登记簿上最后用到的号</source>
        <translation>Last number used in the paper register</translation>
    </message>
    <message>
        <source>如：12</source>
        <translation>such as 12</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>{year} 年里，下一份协议从这个号的后面接着编。没有用过纸质登记簿就不用填。</source>
        <translation>In {year} the next agreement gets the number after this one. Leave it empty where there was no paper register.</translation>
    </message>
    <message>
        <source>记下了，下一份协议从 {n} 号开始。</source>
        <translation>Noted. The next agreement is number {n}.</translation>
    </message>
    <message>
        <source>退回了 {n} 个号，下次上报时告诉县局。</source>
        <translation>Numbers returned: {n}. The county is told at the next sending.</translation>
    </message>
    <message>
        <source>记下了，这个号和前面的号都不会再给。</source>
        <translation>Noted. This number and those before it will not be given again.</translation>
    </message>
</context>
<context>
    <name>OneByOne</name>
    <message>
        <source>正在放进来</source>
        <translation>Adding</translation>
    </message>
    <message>
        <source>停下</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>第 {number} 个，共 {count} 个</source>
        <translation>{number} of {count}</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>待上报</source>
        <translation>Waiting</translation>
    </message>
</context>
<context>
    <name>OralCardPage</name>
    <message>
        <source>口头小案一页办完</source>
        <translation>An oral case on one page</translation>
    </message>
    <message>
        <source>事小、当面说定的，在这里一页登记完。存好以后可以马上打印登记表。</source>
        <translation>A small matter settled face to face fits on this page. The register can be printed right after.</translation>
    </message>
    <message>
        <source>记下，准备打印</source>
        <translation>Record and print</translation>
    </message>
</context>
<context>
    <name>OralForm</name>
    <message>
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>被申请人</source>
        <translation>Respondent</translation>
    </message>
    <message>
        <source>什么事</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>例如：装修掉物砸坏屋瓦</source>
        <translation>For example: roof tiles broken by falling objects</translation>
    </message>
    <message>
        <source>几句话写清楚：什么时候、在哪里、怎么回事</source>
        <translation>A few words: when, where, what happened</translation>
    </message>
    <message>
        <source>怎么说定的</source>
        <translation>What was settled</translation>
    </message>
    <message>
        <source>付多少钱（不付钱就空着）</source>
        <translation>How much is paid (empty if nothing)</translation>
    </message>
    <message>
        <source>谁付给谁</source>
        <translation>Who pays whom</translation>
    </message>
    <message>
        <source>当场就付清、办好了</source>
        <translation>Paid and done on the spot</translation>
    </message>
    <message>
        <source>哪一天之前</source>
        <translation>By which day</translation>
    </message>
    <message>
        <source>说定了什么，一句话写清楚</source>
        <translation>What was settled, in one clear sentence</translation>
    </message>
    <message>
        <source>协议内容</source>
        <translation>What is agreed</translation>
    </message>
    <message>
        <source>谁调的、在哪里、哪一天</source>
        <translation>Who mediated, where and when</translation>
    </message>
    <message>
        <source>例如：村委会、当事人家里</source>
        <translation>For example: village office, a party&apos;s home</translation>
    </message>
    <message>
        <source>哪一天说定的</source>
        <translation>Settled on</translation>
    </message>
    <message>
        <source>开谈之前，已经把权利义务告诉了双方</source>
        <translation>Both parties were told their rights and duties before the talk</translation>
    </message>
</context>
<context>
    <name>OrganisationForm</name>
    <message>
        <source>单位</source>
        <translation>The organisation</translation>
    </message>
    <message>
        <source>单位名称</source>
        <translation>Name of the organisation</translation>
    </message>
    <message>
        <source>单位类别</source>
        <translation>Kind of organisation</translation>
    </message>
    <message>
        <source>18 位</source>
        <translation>18 characters</translation>
    </message>
    <message>
        <source>统一社会信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>代码不合规的原因</source>
        <translation>Why an irregular code is kept</translation>
    </message>
    <message>
        <source>谁代表它</source>
        <translation>Who represents it</translation>
    </message>
    <message>
        <source>法定代表人或负责人</source>
        <translation>Legal representative or head</translation>
    </message>
    <message>
        <source>职务</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>联系</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
</context>
<context>
    <name>OwnCases</name>
    <message>
        <source>参加过的案件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>还没有案件。在案件里添加当事人时打名字，就会找到他（它）。</source>
        <translation>No cases yet. Type the name when you add a party to a case, and it is found.</translation>
    </message>
    <message>
        <source>谁和谁</source>
        <translation>Who against whom</translation>
    </message>
    <message>
        <source>什么事</source>
        <translation>About</translation>
    </message>
    <message>
        <source>进展</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>受理日期</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
</context>
<context>
    <name>OwnClauseDialog</name>
    <message>
        <source>常用条款</source>
        <translation>Our own clause</translation>
    </message>
    <message>
        <source>存下</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>不再用这一条</source>
        <translation>No longer use it</translation>
    </message>
    <message>
        <source>用它写过的协议不变</source>
        <translation>Agreements written with it stay as they are</translation>
    </message>
</context>
<context>
    <name>OwnClauseForm</name>
    <message>
        <source>例如：赔牛钱</source>
        <translation>For example: paying for the ox</translation>
    </message>
    <message>
        <source>叫什么</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>条款的话</source>
        <translation>Text of the clause</translation>
    </message>
    <message>
        <source>花括号里的是空，用的时候再填，比如 {payer} 付款人、{amount} 金额。</source>
        <translation>What stands in braces is a blank, filled in each time, such as {payer} or {amount}.</translation>
    </message>
    <message>
        <source>只在“{kind}”里用</source>
        <translation>Only for &quot;{kind}&quot;</translation>
    </message>
</context>
<context>
    <name>PaperPreview</name>
    <message>
        <source>文书预览</source>
        <translation>Preview of the paper</translation>
    </message>
    <message>
        <source>这里显示打印出来的样子。</source>
        <translation>Here you see how it will print.</translation>
    </message>
    <message>
        <source>缩小</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <source>放大</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>导出 PDF</source>
        <translation>Export PDF</translation>
    </message>
    <message>
        <source>PDF 文件 (*.pdf)</source>
        <translation>PDF files (*.pdf)</translation>
    </message>
    <message>
        <source>已导出：{file}</source>
        <translation>Exported: {file}</translation>
    </message>
    <message>
        <source>共 1 页</source>
        <translation>1 page</translation>
    </message>
    <message>
        <source>第 {page} 页，共 {count} 页</source>
        <translation>Page {page} of {count}</translation>
    </message>
</context>
<context>
    <name>PaperRow</name>
    <message>
        <source>看</source>
        <translation>See</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>{day} 印过 {count} 份</source>
        <translation>{count} printed on {day}</translation>
    </message>
    <message>
        <source>印后改过</source>
        <translation>Changed since</translation>
    </message>
    <message>
        <source>有签字扫描件</source>
        <translation>Signed scan</translation>
    </message>
    <message>
        <source>已印</source>
        <translation>Printed</translation>
    </message>
    <message>
        <source>导出 PDF</source>
        <translation>Export PDF</translation>
    </message>
    <message>
        <source>空白表</source>
        <translation>Blank form</translation>
    </message>
    <message numerus="yes">
        <source>缺 %n 样</source>
        <translation>
            <numerusform>%n missing</numerusform>
            <numerusform>%n missing</numerusform>
        </translation>
    </message>
    <message>
        <source>齐了</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>按需</source>
        <translation>If needed</translation>
    </message>
    <message>
        <source>缺：{names}等</source>
        <translation>Missing: {names} and more</translation>
    </message>
    <message>
        <source>缺：{names}</source>
        <translation>Missing: {names}</translation>
    </message>
</context>
<context>
    <name>PaperWindow</name>
    <message>
        <source>打印 {count} 份</source>
        <translation>Print {count}</translation>
    </message>
    <message>
        <source>导出 PDF</source>
        <translation>Export PDF</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Papers</name>
    <message>
        <source>文书预览</source>
        <translation>Papers as they print</translation>
    </message>
    <message>
        <source>还没有能打印的文书。</source>
        <translation>There is no paper to print yet.</translation>
    </message>
    <message>
        <source>{name}（{number}）</source>
        <translation>{name} ({number})</translation>
    </message>
    <message>
        <source>{title}（{number}）</source>
        <translation>{title} ({number})</translation>
    </message>
    <message>
        <source>打 1 份归档。</source>
        <translation>One copy for the file.</translation>
    </message>
    <message>
        <source>按规定一式 {count} 份。</source>
        <translation>{count} copies, as the rules ask.</translation>
    </message>
    <message>
        <source>共 {count} 份：{parts}。</source>
        <translation>{count} copies: {parts}.</translation>
    </message>
    <message>
        <source>整卷打 1 份归档。</source>
        <translation>One copy of the whole file.</translation>
    </message>
    <message>
        <source>这里每样打 1 份。</source>
        <translation>One copy of each.</translation>
    </message>
    <message>
        <source>当事人那几份，请按每样文书后面的“打印”，份数会自动算好。</source>
        <translation> For the parties&apos; copies press &quot;Print&quot; beside each paper; their number is worked out for you.</translation>
    </message>
    <message>
        <source>当事人 {count} 份</source>
        <translation>parties {count}</translation>
    </message>
    <message>
        <source>付款人 {count} 份</source>
        <translation>payer {count}</translation>
    </message>
    <message>
        <source>收款人 {count} 份</source>
        <translation>payee {count}</translation>
    </message>
    <message>
        <source>调委会 {count} 份</source>
        <translation>committee {count}</translation>
    </message>
    <message>
        <source>司法确认 {count} 份</source>
        <translation>judicial confirmation {count}</translation>
    </message>
    <message>
        <source>委派单位 {count} 份</source>
        <translation>who sent the case {count}</translation>
    </message>
    <message>
        <source>协议里写明 {count} 份</source>
        <translation>{count} as the agreement says</translation>
    </message>
    <message>
        <source>导出整卷 PDF</source>
        <translation>Export the whole file as a PDF</translation>
    </message>
    <message>
        <source>看整卷</source>
        <translation>See the whole file</translation>
    </message>
    <message>
        <source>{words}没取到的照片，卷里先空着。</source>
        <translation>{words} Their places in the file stay empty until then.</translation>
    </message>
</context>
<context>
    <name>PartiesSection</name>
    <message>
        <source>当事人</source>
        <translation>Parties</translation>
    </message>
    <message>
        <source>先把双方都登记上。认识的人打名字或拼音首字母就出来。</source>
        <translation>Enter both parties first. Whoever is known comes up by name or pinyin initials.</translation>
    </message>
    <message>
        <source>添加当事人</source>
        <translation>Add a party</translation>
    </message>
    <message>
        <source>显示全部 {count} 位</source>
        <translation>Show all {count}</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>已作废：{reason}</source>
        <translation>Void: {reason}</translation>
    </message>
    <message>
        <source>{capacity}，要由监护人签字</source>
        <translation>{capacity}: a guardian must sign</translation>
    </message>
    <message>
        <source>{age} 岁</source>
        <translation>aged {age}</translation>
    </message>
    <message>
        <source>只知道名字，其他还没填</source>
        <translation>Only the name is known</translation>
    </message>
    <message>
        <source>法定代表人 {name}</source>
        <translation>Legal representative {name}</translation>
    </message>
    <message>
        <source>作废这一位</source>
        <translation>Void this party</translation>
    </message>
    <message>
        <source>还没有写当事人。</source>
        <translation>No parties yet.</translation>
    </message>
    <message>
        <source>（没有写姓名）</source>
        <translation>(no name)</translation>
    </message>
    <message>
        <source>{role}&#x3000;{name}</source>
        <translation>{role}: {name}</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>男</source>
        <translation>male</translation>
    </message>
    <message>
        <source>女</source>
        <translation>female</translation>
    </message>
    <message>
        <source>{kind}：{words}</source>
        <translation>{kind}: {words}</translation>
    </message>
    <message>
        <source>{kind}：{name}</source>
        <translation>{kind}: {name}</translation>
    </message>
</context>
<context>
    <name>PartyForm</name>
    <message>
        <source>是谁</source>
        <translation>Who it is</translation>
    </message>
    <message>
        <source>谁替他说话、签字</source>
        <translation>Who speaks and signs for this party</translation>
    </message>
    <message>
        <source>更多（行为能力、哪一方、群体）</source>
        <translation>More (capacity, side, group)</translation>
    </message>
    <message>
        <source>利益一致的写同一方</source>
        <translation>One side for people with one interest</translation>
    </message>
    <message>
        <source>例如：三组村民</source>
        <translation>For example: villagers of group 3</translation>
    </message>
    <message>
        <source>例如：已满十六岁，靠自己的劳动收入生活</source>
        <translation>For example: over sixteen and living on own work</translation>
    </message>
</context>
<context>
    <name>PasswordPage</name>
    <message>
        <source>口令</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>这台电脑上的记录是加密的。请输入第一次使用时设的口令。</source>
        <translation>The records on this computer are encrypted. Please type the password that was set at the first start.</translation>
    </message>
    <message>
        <source>打开和事</source>
        <translation>Open Heshi</translation>
    </message>
</context>
<context>
    <name>PathStrip</name>
    <message>
        <source>{step}：{state}</source>
        <translation>{step}: {state}</translation>
    </message>
</context>
<context>
    <name>PaymentForm</name>
    <message>
        <source>例如：400 或 2.5万</source>
        <translation>For example: 400 or 25000</translation>
    </message>
    <message>
        <source>哪一天之前付清</source>
        <translation>Paid in full by</translation>
    </message>
    <message>
        <source>加一期</source>
        <translation>Add an instalment</translation>
    </message>
    <message>
        <source>平均分</source>
        <translation>Split evenly</translation>
    </message>
    <message>
        <source>把总数平均分到各期，零头放在最后一期</source>
        <translation>Splits the total evenly; the last instalment takes the remainder</translation>
    </message>
    <message>
        <source>各期加起来正好。</source>
        <translation>The instalments add up.</translation>
    </message>
    <message>
        <source>还有 {amount} 元没排进去。</source>
        <translation>{amount} yuan are not in any instalment yet.</translation>
    </message>
    <message>
        <source>各期加起来多了 {amount} 元。</source>
        <translation>The instalments come to {amount} yuan too much.</translation>
    </message>
</context>
<context>
    <name>PerformanceForm</name>
    <message>
        <source>这次付了多少（元）</source>
        <translation>Paid this time (yuan)</translation>
    </message>
    <message>
        <source>怎么付的</source>
        <translation>How it was paid</translation>
    </message>
    <message>
        <source>例如：当面道了歉；排水沟已经改好</source>
        <translation>For example: apologised in person; the ditch is mended</translation>
    </message>
    <message>
        <source>做了什么</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>在场看见的人，没有就空着</source>
        <translation>Who was there and saw it; empty if nobody</translation>
    </message>
    <message>
        <source>{sum} 元</source>
        <translation>{sum} yuan</translation>
    </message>
</context>
<context>
    <name>PersonField</name>
    <message>
        <source>姓名，或拼音首字母</source>
        <translation>Name or pinyin initials</translation>
    </message>
    <message>
        <source>换一个人</source>
        <translation>Somebody else</translation>
    </message>
    <message>
        <source>看看或改资料</source>
        <translation>See or change</translation>
    </message>
    <message>
        <source>＋ 新的人：{name}</source>
        <translation>+ New person: {name}</translation>
    </message>
    <message>
        <source>＋ 新的单位：{name}</source>
        <translation>+ New organisation: {name}</translation>
    </message>
    <message>
        <source>已认识，资料直接沿用</source>
        <translation>Known; what is known is used</translation>
    </message>
    <message>
        <source>新的，填一次以后就不用再填</source>
        <translation>New; written once and never asked again</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>本人</source>
        <translation>The person</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>性别</source>
        <translation>Sex</translation>
    </message>
    <message>
        <source>出生日期</source>
        <translation>Date of birth</translation>
    </message>
    <message>
        <source>或年龄</source>
        <translation>or age</translation>
    </message>
    <message>
        <source>民族</source>
        <translation>Ethnic group</translation>
    </message>
    <message>
        <source>职业</source>
        <translation>Occupation</translation>
    </message>
    <message>
        <source>联系</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>手机或座机，几个号用空格隔开</source>
        <translation>Mobile or landline; put a space between several</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>如：九溪镇六十亩村三组 12 号</source>
        <translation>Village, group, house number</translation>
    </message>
    <message>
        <source>住址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>不识字，文书要念给本人听</source>
        <translation>Cannot read; papers are to be read aloud</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>身份证号 18 位</source>
        <translation>18 digits of the identity card</translation>
    </message>
    <message>
        <source>证件号码</source>
        <translation>Card number</translation>
    </message>
    <message>
        <source>证件种类</source>
        <translation>Kind of card</translation>
    </message>
    <message>
        <source>如：老证没换、证上就是这样</source>
        <translation>E.g. old card, or that is what the card says</translation>
    </message>
    <message>
        <source>号码不合规的原因</source>
        <translation>Why an irregular number is kept</translation>
    </message>
</context>
<context>
    <name>PlacesNote</name>
    <message numerus="yes">
        <source>还有 %n 处要看一看</source>
        <translation>
            <numerusform>%n place needs a look</numerusform>
            <numerusform>%n places need a look</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanField</name>
    <message>
        <source>分几期</source>
        <translation>Number of instalments</translation>
    </message>
    <message>
        <source>第一期最晚哪一天</source>
        <translation>First instalment by</translation>
    </message>
    <message>
        <source>每隔多少</source>
        <translation>Every</translation>
    </message>
    <message>
        <source>月还是天</source>
        <translation>Months or days</translation>
    </message>
    <message>
        <source>个月</source>
        <translation>months</translation>
    </message>
    <message>
        <source>天</source>
        <translation>days</translation>
    </message>
</context>
<context>
    <name>PrintDialog</name>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>份数</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>先不打</source>
        <translation>Not now</translation>
    </message>
    <message>
        <source>打印 {count} 份</source>
        <translation>Print {count}</translation>
    </message>
    <message>
        <source>哪几页</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>空着就是全部；只要几页就写 1-3,5</source>
        <translation>Empty means all; for some write 1-3,5</translation>
    </message>
    <message>
        <source>单面还是双面</source>
        <translation>Sides</translation>
    </message>
    <message>
        <source>单面</source>
        <translation>One side</translation>
    </message>
    <message>
        <source>双面</source>
        <translation>Both sides</translation>
    </message>
    <message>
        <source>每份 {pages} 页。</source>
        <translation>Pages in each copy: {pages}.</translation>
    </message>
</context>
<context>
    <name>PrintLogDialog</name>
    <message>
        <source>打印记录</source>
        <translation>Print log</translation>
    </message>
    <message>
        <source>这件案子的打印记录</source>
        <translation>Print log of this case</translation>
    </message>
    <message>
        <source>这件案子还没有打印过。</source>
        <translation>Nothing of this case has been printed yet.</translation>
    </message>
    <message>
        <source>再打一次</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>关上</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>When</translation>
    </message>
    <message>
        <source>打的什么</source>
        <translation>What</translation>
    </message>
    <message>
        <source>份数</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>页</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>谁打的</source>
        <translation>By</translation>
    </message>
</context>
<context>
    <name>PrintQuestion</name>
    <message>
        <source>{when} 打的“{what}”，{copies} 份：纸都印好了吗？</source>
        <translation>&quot;{what}&quot;, sent to the printer {when}, copies: {copies}. Did all sheets come out well?</translation>
    </message>
    <message>
        <source>印好了</source>
        <translation>All well</translation>
    </message>
    <message>
        <source>有印坏的</source>
        <translation>Some are spoiled</translation>
    </message>
</context>
<context>
    <name>PrintRun</name>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>送到打印机的页数</source>
        <translation>Pages sent to the printer</translation>
    </message>
    <message>
        <source>停下</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>正在送到打印机：{done} / {all} 页</source>
        <translation>Sending to the printer: page {done} of {all}</translation>
    </message>
    <message>
        <source>打印停下了，没有送出去。</source>
        <translation>Printing was stopped; nothing was sent.</translation>
    </message>
    <message>
        <source>已送去打印 {count} 份。</source>
        <translation>Sent to the printer. Copies: {count}.</translation>
    </message>
</context>
<context>
    <name>Prints</name>
    <message>
        <source>打印记录</source>
        <translation>Print log</translation>
    </message>
    <message>
        <source>还没有打印过。打印了什么、印没印好，都会记在这里。</source>
        <translation>Nothing has been printed yet. What was printed and how it came out is noted here.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>When</translation>
    </message>
    <message>
        <source>打的什么</source>
        <translation>What</translation>
    </message>
    <message>
        <source>案件</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>份数</source>
        <translation>Copies</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>有 {count} 次还没说印没印好。双击打开案件，在“文书”里说一声。</source>
        <translation>{count} not told yet how they came out. Double-click to open the case and say so under &quot;Papers&quot;.</translation>
    </message>
    <message>
        <source>整卷</source>
        <translation>Whole file</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{names}等 {count} 样</source>
        <translation>{names} and more ({count} in all)</translation>
    </message>
    <message>
        <source>印好了</source>
        <translation>All well</translation>
    </message>
    <message>
        <source>还没说</source>
        <translation>Not told yet</translation>
    </message>
    <message>
        <source>印坏 {count} 张：{reason}</source>
        <translation>Spoiled sheets: {count} ({reason})</translation>
    </message>
</context>
<context>
    <name>PrintsSection</name>
    <message>
        <source>这件案子还没有打印过。</source>
        <translation>Nothing of this case has been printed yet.</translation>
    </message>
    <message>
        <source>{count} 份</source>
        <translation>Copies: {count}</translation>
    </message>
    <message>
        <source>第 {pages} 页</source>
        <translation>pages {pages}</translation>
    </message>
</context>
<context>
    <name>ProofField</name>
    <message>
        <source>加照片</source>
        <translation>Add photos</translation>
    </message>
    <message>
        <source>选证明材料的照片</source>
        <translation>Choose photos of the proof</translation>
    </message>
    <message>
        <source>有了，在“证据”里看得到。</source>
        <translation>It is here; see it under &quot;Evidence&quot;.</translation>
    </message>
    <message>
        <source>还没有照片。</source>
        <translation>No photo yet.</translation>
    </message>
    <message>
        <source>换一张</source>
        <translation>Replace it</translation>
    </message>
</context>
<context>
    <name>QuestionDialog</name>
    <message>
        <source>问司法所</source>
        <translation>Ask the justice office</translation>
    </message>
    <message>
        <source>要问的话</source>
        <translation>What to ask</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>把下面的话复制下来，用微信或短信发给司法所，也可以照着在电话里念。里面除了案件名称，没有当事人的信息；可以先改一改。</source>
        <translation>Copy the words below and send them to the justice office by WeChat or text message, or read them out on the telephone. Apart from the title of the case they tell nothing about the parties; you can change them first.</translation>
    </message>
    <message>
        <source>关上</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>复制好了。</source>
        <translation>Copied.</translation>
    </message>
</context>
<context>
    <name>QueuePane</name>
    <message>
        <source>审核</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>调委会</source>
        <translation>Committee</translation>
    </message>
    <message>
        <source>所有调委会</source>
        <translation>All committees</translation>
    </message>
    <message>
        <source>名字、拼音、编号</source>
        <translation>Name, pinyin, number</translation>
    </message>
    <message>
        <source>在审核名单里找</source>
        <translation>Search the files under review</translation>
    </message>
    <message>
        <source>审核名单</source>
        <translation>Files under review</translation>
    </message>
    <message>
        <source>我的卷审得怎样</source>
        <translation>Review of my files</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>谁和谁</source>
        <translation>Who against whom</translation>
    </message>
    <message>
        <source>什么事</source>
        <translation>About</translation>
    </message>
    <message>
        <source>调解员</source>
        <translation>Mediator</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>这个条件下没有案件。点“全部”，再清空搜索，就能看到所有的。</source>
        <translation>No file fits. Choose &quot;All&quot; and clear the search to see every one.</translation>
    </message>
    <message>
        <source>还没有报上来的卷。调解员报送、和县局联系以后，会出现在这里。</source>
        <translation>No file has come in yet. They appear here once mediators hand them in and this computer has been in contact with the county.</translation>
    </message>
    <message>
        <source>还没有报送审核的卷。结案以后，在案件页点“报送审核”。</source>
        <translation>You have not handed in a file yet. When a case is closed, press &quot;Hand in for review&quot; on its page.</translation>
    </message>
    <message>
        <source>这台电脑还没有登记到县局。到“设置”里登记以后才能来往。</source>
        <translation>This computer is not enrolled with the county yet. Enrol it in Settings to exchange files.</translation>
    </message>
    <message>
        <source>还没有和县局联系上过。</source>
        <translation>There has been no contact with the county yet.</translation>
    </message>
    <message>
        <source>名单截止到上次和县局联系：{when}</source>
        <translation>As of the last contact with the county: {when}</translation>
    </message>
</context>
<context>
    <name>QuickPerson</name>
    <message>
        <source>年龄</source>
        <translation>Age</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>案件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>待上报</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>审核</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Papers</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>还没填</source>
        <translation>Not filled in</translation>
    </message>
</context>
<context>
    <name>ReadingWindow</name>
    <message>
        <source>读协议</source>
        <translation>Reading aloud</translation>
    </message>
    <message>
        <source>上一条</source>
        <translation>Previous clause</translation>
    </message>
    <message>
        <source>下一条</source>
        <translation>Next clause</translation>
    </message>
    <message>
        <source>退出全屏</source>
        <translation>Leave full screen</translation>
    </message>
    <message>
        <source>小一点</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <source>大一点</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>全屏</source>
        <translation>Full screen</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>第 {number} 条，共 {count} 条</source>
        <translation>Clause {number} of {count}</translation>
    </message>
    <message>
        <source>先说事情和责任</source>
        <translation>First the facts and who is responsible</translation>
    </message>
    <message>
        <source>还有没确认的</source>
        <translation>Not all confirmed yet</translation>
    </message>
    <message>
        <source>都读完了</source>
        <translation>All has been read</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>这份协议还没有条款。</source>
        <translation>This agreement has no clauses yet.</translation>
    </message>
    <message>
        <source>第 {number} 条：{names}还没有确认</source>
        <translation>Clause {number}: not yet confirmed by {names}</translation>
    </message>
    <message>
        <source>每一条都读过了，各方都说听懂了、同意。</source>
        <translation>Every clause was read; all parties said they understood and agree.</translation>
    </message>
    <message>
        <source>一共 {amount} 元，{capitals}。</source>
        <translation>{amount} yuan in all, {capitals}.</translation>
    </message>
    <message>
        <source>{name}：读给我听了，听懂了，同意</source>
        <translation>{name}: it was read to me, I understood it and agree</translation>
    </message>
    <message>
        <source>已确认</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>还没确认</source>
        <translation>Not confirmed yet</translation>
    </message>
    <message>
        <source>这一条的字改过了，{names}刚才的勾不算了，请再读一遍。</source>
        <translation>The words of this clause have changed, so the ticks of {names} no longer count. Please read it once more.</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>F11</source>
        <translation>F11</translation>
    </message>
</context>
<context>
    <name>RecordPage</name>
    <message>
        <source>回到名单</source>
        <translation>Back to the list</translation>
    </message>
    <message>
        <source>撤回到上次保存</source>
        <translation>Back to last saved</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>已回到上次保存的样子。</source>
        <translation>Everything is as it was last saved.</translation>
    </message>
    <message>
        <source>改回来</source>
        <translation>Take that back</translation>
    </message>
    <message>
        <source>已保存：{name}</source>
        <translation>Saved: {name}</translation>
    </message>
    <message>
        <source>新的人</source>
        <translation>New person</translation>
    </message>
    <message>
        <source>新的单位</source>
        <translation>New organisation</translation>
    </message>
</context>
<context>
    <name>RefusalForm</name>
    <message>
        <source>谁不愿调解</source>
        <translation>Who refuses</translation>
    </message>
    <message>
        <source>哪一天说的</source>
        <translation>Said on</translation>
    </message>
    <message>
        <source>原话</source>
        <translation>In their own words</translation>
    </message>
    <message>
        <source>他是怎么说的，照实记</source>
        <translation>Write down what was said as it was said</translation>
    </message>
</context>
<context>
    <name>RegionField</name>
    <message>
        <source>{date} 的区划表里没有 {code} 开头的地区，请对一下。要是新调整的，照样可以用。</source>
        <translation>The table of regions of {date} has none that begins with {code}; please check. If the region is newer, the code can be used all the same.</translation>
    </message>
</context>
<context>
    <name>Register</name>
    <message>
        <source>打印登记簿</source>
        <translation>Print the register</translation>
    </message>
    <message>
        <source>编号登记簿</source>
        <translation>Register of numbers</translation>
    </message>
    <message>
        <source>这一年还没有用过编号。协议定稿时自动取号，就会记在这里。</source>
        <translation>No number has been used this year. An agreement gets its number when it is finalised, and it is noted here.</translation>
    </message>
    <message>
        <source>编号登记簿 {year} 年</source>
        <translation>Register of numbers {year}</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>当事人</source>
        <translation>Parties</translation>
    </message>
    <message>
        <source>事由</source>
        <translation>Matter</translation>
    </message>
    <message>
        <source>调解员</source>
        <translation>Mediator</translation>
    </message>
    <message>
        <source>打坏</source>
        <translation>Spoiled</translation>
    </message>
    <message>
        <source>作废原因</source>
        <translation>Reason for voiding</translation>
    </message>
    <message>
        <source>使用</source>
        <translation>Used</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>空号</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>{committee}：使用 {used} 个，作废 {void} 个，空号 {free} 个；打坏 {spoiled} 张</source>
        <translation>{committee}: used {used}, void {void}, free {free}; spoiled sheets {spoiled}</translation>
    </message>
    <message>
        <source>打印空白登记簿</source>
        <translation>Print a blank register</translation>
    </message>
    <message>
        <source>哪一年</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>{year} 年</source>
        <translation>{year}</translation>
    </message>
    <message>
        <source>临时</source>
        <translation>Provisional</translation>
    </message>
    <message>
        <source>；其中临时编号 {n} 个</source>
        <translation>; provisional among them {n}</translation>
    </message>
    <message>
        <source>；纸质登记簿用到 {n} 号</source>
        <translation>; paper register up to number {n}</translation>
    </message>
</context>
<context>
    <name>RemarkForm</name>
    <message>
        <source>写清楚哪里、怎么改。点各处的“说说这里”，就会指明是哪一处。</source>
        <translation>Say where and how to mend it. &quot;Remark here&quot; beside a place pins your words to it.</translation>
    </message>
    <message>
        <source>审核意见</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>留意见</source>
        <translation>Leave a remark</translation>
    </message>
    <message>
        <source>退回修改</source>
        <translation>Return for changes</translation>
    </message>
    <message>
        <source>审核通过</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>还没有报送审核，可以先留意见。</source>
        <translation>Not handed in yet; you can leave a remark.</translation>
    </message>
    <message>
        <source>已经退回，等调解员改好再报；还可以补充意见。</source>
        <translation>Returned, waiting for the mediator; you can add a remark.</translation>
    </message>
    <message>
        <source>已经审核通过；还可以留意见。</source>
        <translation>Approved; you can still leave a remark.</translation>
    </message>
    <message>
        <source>{name}：{words}</source>
        <translation>{name}: {words}</translation>
    </message>
</context>
<context>
    <name>ReplyForm</name>
    <message>
        <source>受理了</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>没有受理</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>那边受理了吗</source>
        <translation>Did they accept it?</translation>
    </message>
    <message>
        <source>回执上怎么写的</source>
        <translation>What the receipt slip says</translation>
    </message>
</context>
<context>
    <name>ReviewSheetDialog</name>
    <message>
        <source>评分表</source>
        <translation>Review sheet</translation>
    </message>
    <message>
        <source>一票否决</source>
        <translation>Any of these fails the file</translation>
    </message>
    <message>
        <source>现在要补的</source>
        <translation>To add now</translation>
    </message>
    <message>
        <source>以后才到的</source>
        <translation>Not due yet</translation>
    </message>
    <message>
        <source>补不回来的</source>
        <translation>Cannot be made good</translation>
    </message>
    <message>
        <source>要人来看的</source>
        <translation>For a person to judge</translation>
    </message>
    <message>
        <source>领补贴还差</source>
        <translation>Missing for the subsidy</translation>
    </message>
    <message>
        <source>领补贴还要问清楚</source>
        <translation>To ask about the subsidy</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>{points} / {full} 分</source>
        <translation>{points} of {full} points</translation>
    </message>
    <message>
        <source>{what}（{points} 分）</source>
        <translation>{what} ({points} pt)</translation>
    </message>
    <message>
        <source>去看看</source>
        <translation>Go and see</translation>
    </message>
</context>
<context>
    <name>ReviewTargets</name>
    <message>
        <source>纠纷情况</source>
        <translation>The dispute</translation>
    </message>
    <message>
        <source>当事人</source>
        <translation>Parties</translation>
    </message>
    <message>
        <source>受理登记</source>
        <translation>Acceptance</translation>
    </message>
    <message>
        <source>权利义务告知</source>
        <translation>Rights notice</translation>
    </message>
    <message>
        <source>调解记录</source>
        <translation>Mediation record</translation>
    </message>
    <message>
        <source>调解协议</source>
        <translation>Agreement</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>履行和回访</source>
        <translation>Performance and visits</translation>
    </message>
    <message>
        <source>结案归档</source>
        <translation>Closing and filing</translation>
    </message>
    <message>
        <source>整个卷</source>
        <translation>the whole file</translation>
    </message>
    <message>
        <source>{name}（第 {number} 条）</source>
        <translation>{name} (no. {number})</translation>
    </message>
    <message>
        <source>调查</source>
        <translation>Investigation</translation>
    </message>
    <message>
        <source>证据</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>司法确认</source>
        <translation>Judicial confirmation</translation>
    </message>
    <message>
        <source>告知和函件</source>
        <translation>Notices and letters</translation>
    </message>
</context>
<context>
    <name>SafetySection</name>
    <message>
        <source>钥匙和备份</source>
        <translation>Key and copies</translation>
    </message>
    <message>
        <source>新口令（至少 10 个字，可以是一句话）</source>
        <translation>New password (10 characters or more; a sentence will do)</translation>
    </message>
    <message>
        <source>再输一遍</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>用这个口令</source>
        <translation>Use this password</translation>
    </message>
    <message>
        <source>现在备份</source>
        <translation>Copy now</translation>
    </message>
    <message>
        <source>记录是加密的，钥匙由这台电脑的密码保管处保管；另外设有口令，换电脑或重装系统时用它打开。</source>
        <translation>The records are encrypted. This computer&apos;s keyring keeps the key; the password opens them after a new installation.</translation>
    </message>
    <message>
        <source>记录是加密的，钥匙由这台电脑的密码保管处保管。建议再设一个口令：重装系统后只有口令能打开。</source>
        <translation>The records are encrypted and this computer&apos;s keyring keeps the key. Better set a password too: after a new installation only it opens them.</translation>
    </message>
    <message>
        <source>记录是加密的，每次打开和事要输入口令。忘了口令谁也打不开，请记牢。</source>
        <translation>The records are encrypted and Heshi asks for the password each time. Without it nobody can open them; remember it well.</translation>
    </message>
    <message>
        <source>换口令</source>
        <translation>Change the password</translation>
    </message>
    <message>
        <source>设一个口令</source>
        <translation>Set a password</translation>
    </message>
    <message>
        <source>最近一份备份：{day}。每天第一次打开时自动备份，留最近七份，也是加密的。</source>
        <translation>Last copy: {day}. One is made at the first start of each day; the last seven are kept, encrypted too.</translation>
    </message>
    <message>
        <source>还没有备份。每天第一次打开时会自动备份，留最近七份，也是加密的。</source>
        <translation>No copy yet. One is made at the first start of each day; the last seven are kept, encrypted too.</translation>
    </message>
    <message>
        <source>两遍口令不一样，请再输一遍。</source>
        <translation>The two passwords differ. Please type it once more.</translation>
    </message>
    <message>
        <source>口令设好了，请记牢。</source>
        <translation>The password is set. Remember it well.</translation>
    </message>
    <message>
        <source>已备份：{file}</source>
        <translation>Copied to: {file}</translation>
    </message>
</context>
<context>
    <name>ScanCard</name>
    <message>
        <source>扫描进来的样子</source>
        <translation>As it was scanned</translation>
    </message>
    <message>
        <source>整理以后的样子</source>
        <translation>As it will be kept</translation>
    </message>
    <message>
        <source>别的案子</source>
        <translation>Another case</translation>
    </message>
    <message>
        <source>没放进来</source>
        <translation>Not added</translation>
    </message>
    <message>
        <source>打不开这一页</source>
        <translation>This page cannot be opened</translation>
    </message>
    <message>
        <source>没有找到二维码</source>
        <translation>No QR code found</translation>
    </message>
    <message>
        <source>第 {page} 页，自己选的</source>
        <translation>Page {page}, chosen by hand</translation>
    </message>
    <message>
        <source>{number} · 第 {page} 页，共 {pages} 页 · 第 {version} 稿</source>
        <translation>{number} · page {page} of {pages} · version {version}</translation>
    </message>
    <message>
        <source>{number} · 第 {page} 页 · 第 {version} 稿</source>
        <translation>{number} · page {page} · version {version}</translation>
    </message>
    <message>
        <source>已放进来</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>已放进来，未核对</source>
        <translation>Added, not checked</translation>
    </message>
    <message>
        <source>没有二维码可以核对，请自己对照纸上的字和电脑里的字。</source>
        <translation>There is no QR code to check it by. Please compare the paper with the text on the computer yourself.</translation>
    </message>
    <message>
        <source>已放到那件案子</source>
        <translation>Added to that case</translation>
    </message>
    <message>
        <source>打开那件案子</source>
        <translation>Open that case</translation>
    </message>
    <message>
        <source>放到那件案子</source>
        <translation>Add it to that case</translation>
    </message>
    <message>
        <source>例如：原来那张没有扫清楚</source>
        <translation>For example: the first scan was not clear</translation>
    </message>
    <message>
        <source>为什么换</source>
        <translation>Why it is replaced</translation>
    </message>
    <message>
        <source>换成新的</source>
        <translation>Replace it</translation>
    </message>
    <message>
        <source>哪份协议</source>
        <translation>Which agreement</translation>
    </message>
    <message>
        <source>第几页</source>
        <translation>Which page</translation>
    </message>
    <message>
        <source>放进去，注明未核对</source>
        <translation>Add it, marked as not checked</translation>
    </message>
</context>
<context>
    <name>ScanIntake</name>
    <message>
        <source>收扫描件</source>
        <translation>Take in scans</translation>
    </message>
    <message>
        <source>把扫描件拖到这里，或者点“选文件”。JPEG、PNG、TIFF、PDF 都行，几页一起放也行；二维码会把每一页送到它的协议里。</source>
        <translation>Drag scans here, or press &quot;Choose files&quot;. JPEG, PNG, TIFF and PDF will do, several pages at once too; the QR code takes each page to its agreement.</translation>
    </message>
    <message>
        <source>这件案子在这里只能看，不能放扫描件。</source>
        <translation>This case can only be read here; scans cannot be added.</translation>
    </message>
    <message>
        <source>选文件</source>
        <translation>Choose files</translation>
    </message>
    <message>
        <source>关上</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>选扫描件</source>
        <translation>Choose scans</translation>
    </message>
    <message>
        <source>{name}，第 {number} 张</source>
        <translation>{name}, sheet {number}</translation>
    </message>
    <message>
        <source>停下了，还有 {count} 个没有放进来。</source>
        <translation>Stopped. Not added: {count}.</translation>
    </message>
    <message>
        <source>这件案子还没有定稿的协议，没有要收的签字页。别的案子的纸也可以在这里收。</source>
        <translation>This case has no final agreement, so no signed pages are expected. Papers of other cases can be taken in here too.</translation>
    </message>
    <message>
        <source>{paper} {number}</source>
        <translation>{paper} {number}</translation>
    </message>
    <message>
        <source>看已收的 {count} 页</source>
        <translation>See the pages taken in ({count})</translation>
    </message>
    <message>
        <source>第 {page} 页 有了</source>
        <translation>Page {page}: here</translation>
    </message>
    <message>
        <source>第 {page} 页 未核对</source>
        <translation>Page {page}: not checked</translation>
    </message>
    <message>
        <source>第 {page} 页 还缺</source>
        <translation>Page {page}: missing</translation>
    </message>
    <message>
        <source>各页都有了，其中有未核对的，请自己对照一遍。</source>
        <translation>Every page is here, some not checked. Please compare those yourself.</translation>
    </message>
    <message>
        <source>签字的各页都收齐了。</source>
        <translation>Every signed page is here.</translation>
    </message>
    <message>
        <source>登记签字</source>
        <translation>Record signatures</translation>
    </message>
</context>
<context>
    <name>SelfCheck</name>
    <message>
        <source>数据文件完好</source>
        <translation>The file with the records is sound</translation>
    </message>
    <message>
        <source>记录链条完整，共 {fact} 条</source>
        <translation>The chain of entries is whole ({fact})</translation>
    </message>
    <message>
        <source>打开数据的钥匙可用</source>
        <translation>The key to the records works</translation>
    </message>
    <message>
        <source>打印用的字体齐全</source>
        <translation>All fonts for printing are there</translation>
    </message>
    <message>
        <source>已登记到 {fact}</source>
        <translation>Enrolled with {fact}</translation>
    </message>
    <message>
        <source>数据文件有损坏：请不要删任何文件，联系县级管理员用备份恢复</source>
        <translation>The file with the records is damaged: delete nothing, and let the county administrator restore a copy</translation>
    </message>
    <message>
        <source>记录链条在中间断了：请先不要再改，联系县级管理员</source>
        <translation>The chain of entries is broken: change nothing, and call the county administrator</translation>
    </message>
    <message>
        <source>没有能用的钥匙：请在上面设一个口令</source>
        <translation>No key works: please set a password above</translation>
    </message>
    <message>
        <source>打印用的字体不全：请重新安装和事</source>
        <translation>Fonts for printing are missing: please install Heshi again</translation>
    </message>
    <message>
        <source>还没有登记到县局（不影响办案和打印）</source>
        <translation>Not enrolled with the county (work and printing go on)</translation>
    </message>
    <message>
        <source>县里的数据包能用</source>
        <translation>The county&apos;s data pack works</translation>
    </message>
    <message>
        <source>县里发来的数据包在这里用不上，仍按原来的办：请告诉县级管理员</source>
        <translation>The data pack from the county cannot be used here and all goes on as before: please tell the county administrator</translation>
    </message>
</context>
<context>
    <name>SentenceDialog</name>
    <message>
        <source>知道了</source>
        <translation>All right</translation>
    </message>
</context>
<context>
    <name>SessionForm</name>
    <message>
        <source>时间、地点、人</source>
        <translation>When, where, who</translation>
    </message>
    <message>
        <source>例如：村委会调解室</source>
        <translation>For example: mediation room of the village</translation>
    </message>
    <message>
        <source>调解记录</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>下次调解日期</source>
        <translation>Next session on</translation>
    </message>
    <message>
        <source>{name}（由 {who} 到场）</source>
        <translation>{name} (through {who})</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>什么人</source>
        <translation>Who that is</translation>
    </message>
    <message>
        <source>例如：村老支书</source>
        <translation>For example: former village secretary</translation>
    </message>
    <message>
        <source>身份</source>
        <translation>Quality</translation>
    </message>
    <message>
        <source>加一位</source>
        <translation>Add somebody</translation>
    </message>
    <message>
        <source>常用话</source>
        <translation>Phrases</translation>
    </message>
    <message>
        <source>照常的几步，填上通常的话</source>
        <translation>Fill the usual steps with the usual words</translation>
    </message>
    <message>
        <source>只填还空着的：告知、方式、后果、宣读。不是这样的，自己改。</source>
        <translation>Fills only what is still empty: telling rights, how it goes, consequences, reading out. Change what was different.</translation>
    </message>
</context>
<context>
    <name>SessionsSection</name>
    <message>
        <source>调解</source>
        <translation>Mediation</translation>
    </message>
    <message>
        <source>开始调解</source>
        <translation>Begin mediation</translation>
    </message>
    <message>
        <source>再开一次</source>
        <translation>Another session</translation>
    </message>
    <message>
        <source>这次调解结束</source>
        <translation>End this session</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>接着记</source>
        <translation>Go on writing</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>第 {number} 次</source>
        <translation>Session {number}</translation>
    </message>
    <message>
        <source>还没记完</source>
        <translation>not finished</translation>
    </message>
    <message>
        <source>已作废：{reason}</source>
        <translation>Void: {reason}</translation>
    </message>
    <message>
        <source>到场：{names}</source>
        <translation>Present: {names}</translation>
    </message>
    <message>
        <source>调解员：{names}</source>
        <translation>Mediator: {names}</translation>
    </message>
    <message>
        <source>没有调解记录。</source>
        <translation>There is no mediation record.</translation>
    </message>
    <message>
        <source>第 {ordinal} 次调解</source>
        <translation>Session {ordinal}</translation>
    </message>
    <message>
        <source>没有写</source>
        <translation>Not written</translation>
    </message>
    <message>
        <source>{name}：{text}</source>
        <translation>{name}: {text}</translation>
    </message>
</context>
<context>
    <name>SignForm</name>
    <message>
        <source>纸上谁签了、怎么签的</source>
        <translation>Who signed the paper, and how</translation>
    </message>
    <message>
        <source>都按通常的签了</source>
        <translation>All signed as usual</translation>
    </message>
    <message>
        <source>当事人签名并按指印，调解员、记录人签名，调委会盖章</source>
        <translation>Parties sign and fingerprint, mediator and recorder sign, the committee seals</translation>
    </message>
</context>
<context>
    <name>SignOffsField</name>
    <message>
        <source>谁</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>谁签的</source>
        <translation>Signed by</translation>
    </message>
    <message>
        <source>本人</source>
        <translation>In person</translation>
    </message>
</context>
<context>
    <name>SpoiledDialog</name>
    <message>
        <source>有印坏的</source>
        <translation>Spoiled sheets</translation>
    </message>
    <message>
        <source>怎么坏的</source>
        <translation>What went wrong</translation>
    </message>
    <message>
        <source>例如：卡纸、墨粉不够、打歪了</source>
        <translation>For example: paper jam, little toner, printed askew</translation>
    </message>
    <message>
        <source>坏了几张纸</source>
        <translation>Spoiled sheets</translation>
    </message>
    <message>
        <source>记进编号登记簿</source>
        <translation>Note it in the register of numbers</translation>
    </message>
    <message>
        <source>记下</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>先不记</source>
        <translation>Not now</translation>
    </message>
    <message>
        <source>这次打印就不算数了。坏的纸请当场撕掉或划掉，再打一次。</source>
        <translation>Then this print does not count. Tear up or cross out the spoiled sheets at once, and print again.</translation>
    </message>
</context>
<context>
    <name>StandInsField</name>
    <message>
        <source>加一位监护人或代理人</source>
        <translation>Add a guardian or agent</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>和事</source>
        <translation>Heshi</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>还没有和县局联系过</source>
        <translation>Not yet in contact with the county</translation>
    </message>
    <message>
        <source>刚刚</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>{n} 分钟前</source>
        <translation>{n} min ago</translation>
    </message>
    <message>
        <source>{n} 小时前</source>
        <translation>{n} h ago</translation>
    </message>
    <message>
        <source>{n} 天前</source>
        <translation>{n} d ago</translation>
    </message>
    <message>
        <source>尚未登记到县局 · 记录都保存在本机</source>
        <translation>Not enrolled with the county · All records are on this computer</translation>
    </message>
    <message>
        <source>待上报 {n} 条（{size}）</source>
        <translation>Waiting ({n}, {size})</translation>
    </message>
    <message>
        <source>没有待上报的</source>
        <translation>Nothing waiting</translation>
    </message>
    <message>
        <source>上次县局已收 {ago}</source>
        <translation>Last received by the county {ago}</translation>
    </message>
    <message>
        <source>需要处理 {n} 条</source>
        <translation>Needs attention: {n}</translation>
    </message>
    <message>
        <source>退回修改 {n} 件</source>
        <translation>Returned: {n}</translation>
    </message>
    <message>
        <source>当前无网络</source>
        <translation>No network</translation>
    </message>
    <message>
        <source>上次没报成</source>
        <translation>Not sent last time</translation>
    </message>
    <message>
        <source>立即上报</source>
        <translation>Send now</translation>
    </message>
    <message>
        <source>F5</source>
        <translation>F5</translation>
    </message>
    <message>
        <source>待上报 {n} 条、{files} 个文件（{size}）</source>
        <translation>Waiting ({n}, files {files}, {size})</translation>
    </message>
    <message>
        <source>待上报 {files} 个文件（{size}）</source>
        <translation>Waiting (files {files}, {size})</translation>
    </message>
    <message>
        <source>上报进度</source>
        <translation>Progress of sending</translation>
    </message>
</context>
<context>
    <name>StickWork</name>
    <message>
        <source>选U盘（或里面的文件夹）</source>
        <translation>Choose the stick (or a folder on it)</translation>
    </message>
    <message>
        <source>选U盘上县局给的回执</source>
        <translation>Choose the county&apos;s receipt on the stick</translation>
    </message>
    <message>
        <source>和事的包 (*.heshi)</source>
        <translation>Heshi parcels (*.heshi)</translation>
    </message>
    <message>
        <source>正在放到U盘……</source>
        <translation>Putting it on the stick …</translation>
    </message>
    <message>
        <source>正在读U盘上的回执……</source>
        <translation>Reading the receipt on the stick …</translation>
    </message>
    <message>
        <source>正在从U盘读回来核对……</source>
        <translation>Reading it back from the stick to compare …</translation>
    </message>
    <message>
        <source>放好了，也读回来核对过：{n} 条记录、{files} 个文件（{size}），U盘上的文件叫“{name}”。请带到县局或司法所；读回他们给的回执以前，这些仍算待上报。</source>
        <translation>It is on the stick, and was read back and compared: entries {n}, files {files} ({size}). On the stick it is called &quot;{name}&quot;. Please take it to the county or the justice office. Until their receipt has been read here, all of it still counts as waiting.</translation>
    </message>
    <message>
        <source>这份回执以前读过了，没有新的。</source>
        <translation>This receipt was read before; there is nothing new in it.</translation>
    </message>
    <message>
        <source>县局已收 {n} 条。</source>
        <translation>The county has received {n}. </translation>
    </message>
    <message>
        <source>收全了 {n} 个文件。</source>
        <translation>Files complete: {n}. </translation>
    </message>
    <message>
        <source>收到县局那边的 {n} 条。</source>
        <translation>{n} came from the county. </translation>
    </message>
    <message>
        <source>有 {n} 条需要处理，排在最前面。</source>
        <translation>{n} need attention; they stand first.</translation>
    </message>
</context>
<context>
    <name>StopNotes</name>
    <message>
        <source>去处理</source>
        <translation>See to it</translation>
    </message>
    <message>
        <source>{sentence}（{law}）</source>
        <translation>{sentence} ({law})</translation>
    </message>
</context>
<context>
    <name>SubmitForm</name>
    <message>
        <source>附一句话</source>
        <translation>A word to go with it</translation>
    </message>
    <message>
        <source>改了哪里，或者要说明什么</source>
        <translation>What was changed, or what needs saying</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>上报进度</source>
        <translation>Progress of sending</translation>
    </message>
    <message>
        <source>放到U盘的进度</source>
        <translation>Progress of putting it on the stick</translation>
    </message>
    <message>
        <source>，还要{span}</source>
        <translation>, {span} to go</translation>
    </message>
</context>
<context>
    <name>Talk</name>
    <message>
        <source>审核来往</source>
        <translation>Remarks and answers</translation>
    </message>
    <message>
        <source>还没有报送审核。</source>
        <translation>Not handed in for review yet.</translation>
    </message>
    <message>
        <source>说的是：{name}</source>
        <translation>About: {name}</translation>
    </message>
    <message>
        <source>去改这一处</source>
        <translation>Mend this place</translation>
    </message>
    <message>
        <source>看这一处</source>
        <translation>See this place</translation>
    </message>
    <message>
        <source>{verb}：{name}</source>
        <translation>{verb}: {name}</translation>
    </message>
    <message>
        <source>改好后再报</source>
        <translation>Mended and handed in</translation>
    </message>
    <message>
        <source>报送审核</source>
        <translation>Handed in</translation>
    </message>
    <message>
        <source>{author}&#x3000;{when}</source>
        <translation>{author}, {when}</translation>
    </message>
    <message>
        <source>{when}（{doubt}）</source>
        <translation>{when} ({doubt})</translation>
    </message>
</context>
<context>
    <name>TargetField</name>
    <message>
        <source>改为说整个卷</source>
        <translation>Make it about the whole file</translation>
    </message>
    <message>
        <source>说的是：{name}</source>
        <translation>About: {name}</translation>
    </message>
</context>
<context>
    <name>TickList</name>
    <message>
        <source>全选</source>
        <translation>All</translation>
    </message>
    <message>
        <source>都不选</source>
        <translation>None</translation>
    </message>
</context>
<context>
    <name>TimeField</name>
    <message>
        <source>如 9:30、下午3点</source>
        <translation>such as 9:30 or 1530</translation>
    </message>
</context>
<context>
    <name>TwinHint</name>
    <message>
        <source>名单里有同名的，可能是同一人。请看一看；程序不会自己合并。</source>
        <translation>There is somebody of the same name: perhaps the same person. Please have a look; the program never merges people.</translation>
    </message>
    <message>
        <source>还有 {count} 个同名的，在左边打名字就能看到。</source>
        <translation>{count} more have this name; type it at the left to see them.</translation>
    </message>
    <message>
        <source>打开看看</source>
        <translation>Have a look</translation>
    </message>
    <message>
        <source>打开看看：{name}</source>
        <translation>Have a look: {name}</translation>
    </message>
    <message>
        <source>{year} 年生</source>
        <translation>born {year}</translation>
    </message>
    <message>
        <source>{count} 个案件</source>
        <translation>cases: {count}</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>VagueWords</name>
    <message>
        <source>“{word}”说不清：{ask}。</source>
        <translation>“{word}” is vague: {ask}.</translation>
    </message>
</context>
<context>
    <name>ValueWords</name>
    <message>
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>No</translation>
    </message>
    <message>
        <source>{amount} 元</source>
        <translation>{amount} yuan</translation>
    </message>
    <message>
        <source>（另一条记录）</source>
        <translation>(another record)</translation>
    </message>
    <message>
        <source>{name}：{words}</source>
        <translation>{name}: {words}</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>打开这件案子</source>
        <translation>Open this case</translation>
    </message>
</context>
<context>
    <name>Verify</name>
    <message>
        <source>选一个 PDF</source>
        <translation>Choose a PDF</translation>
    </message>
    <message>
        <source>看看一份 PDF 从封存以后有没有被改过，和本机的记录对不对得上。把文件拖到这里，或者按按钮选。只看不改，不用网络。</source>
        <translation>See whether a PDF was changed after it was sealed, and whether it agrees with the records on this computer. Drag the file here or press the button. Nothing is changed and no network is needed.</translation>
    </message>
    <message>
        <source>PDF 文件 (*.pdf)</source>
        <translation>PDF files (*.pdf)</translation>
    </message>
</context>
<context>
    <name>VisitForm</name>
    <message>
        <source>回访了谁</source>
        <translation>Who was visited</translation>
    </message>
    <message>
        <source>履行得怎么样，还有什么话说</source>
        <translation>How it is kept, and what they say</translation>
    </message>
    <message>
        <source>有新的苗头，要继续盯着</source>
        <translation>New trouble is brewing; keep an eye on it</translation>
    </message>
    <message>
        <source>下次回访日期</source>
        <translation>Next visit on</translation>
    </message>
    <message>
        <source>这次看到已经做完的</source>
        <translation>Found done on this visit</translation>
    </message>
    <message>
        <source>选中的按全部做完记；只做了一部分的，用“登记履行”</source>
        <translation>What is ticked counts as all done; for a part use &quot;Record performance&quot;</translation>
    </message>
</context>
<context>
    <name>VoidForm</name>
    <message>
        <source>例如：记重了。作废的仍留在记录里，看得见。</source>
        <translation>For example: entered twice. What is void stays visible in the record.</translation>
    </message>
    <message>
        <source>为什么作废</source>
        <translation>Why it is void</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>签字页扫描件</source>
        <translation>Scan of a signed page</translation>
    </message>
    <message>
        <source>证据材料</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>证明材料</source>
        <translation>Proof</translation>
    </message>
    <message>
        <source>收据</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>屏幕手写</source>
        <translation>Writing on the screen</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>{n} 条记录（{size}）</source>
        <translation>entries {n} ({size})</translation>
    </message>
    <message>
        <source>{n} 个文件（{size}）</source>
        <translation>files {n} ({size})</translation>
    </message>
    <message>
        <source>没有待上报的</source>
        <translation>Nothing waiting</translation>
    </message>
    <message>
        <source>待上报：{parts}</source>
        <translation>Waiting: {parts}</translation>
    </message>
    <message>
        <source>还没有和县局联系过</source>
        <translation>Not yet in contact with the county</translation>
    </message>
    <message>
        <source>上次联系：{at}（{ago}）</source>
        <translation>Last contact: {at} ({ago})</translation>
    </message>
    <message>
        <source> · 最早的一条等了 {n} 天</source>
        <translation> · the oldest has waited {n} d</translation>
    </message>
    <message>
        <source>马上自动再试。</source>
        <translation> It is tried again at once by itself.</translation>
    </message>
    <message>
        <source>{span}后自动再试（{at}）。</source>
        <translation> It is tried again by itself in {span} ({at}).</translation>
    </message>
    <message>
        <source>改好以后会作为新的一条上报，县里重新看；这一条一直留着，不会丢。</source>
        <translation> Once mended it is sent as a new entry and the county looks again; this one is kept and not lost.</translation>
    </message>
    <message>
        <source>正在上报，收到县局签了章的回执才算已收。</source>
        <translation>Sending; it counts as received once the county&apos;s signed receipt is here.</translation>
    </message>
    <message>
        <source>文件排在文字后面传。断了下次接着传，不用从头来；都传到了才是“县里已收全”。</source>
        <translation>Files go after the text. After a break they go on from where they stopped. Only when all are there does it say &quot;Complete&quot;.</translation>
    </message>
    <message>
        <source>已保存在本机，还没有收到县局的回执。有网络时会自动上报，重复上报也不会变成两条。</source>
        <translation>Saved on this computer; there is no receipt of the county yet. With a network it is sent by itself, and sending twice never makes two.</translation>
    </message>
    <message>
        <source>已保存在本机。</source>
        <translation>Saved on this computer.</translation>
    </message>
    <message>
        <source>和事里有一条报不上去，请帮忙看看：</source>
        <translation>Something in Heshi does not get through to the county. Please have a look:</translation>
    </message>
    <message>
        <source>案件：{title}</source>
        <translation>Case: {title}</translation>
    </message>
    <message>
        <source>做了什么：{what}（{at}，第 {seq} 条）</source>
        <translation>What was done: {what} ({at}, entry {seq})</translation>
    </message>
    <message>
        <source>原因：{why}</source>
        <translation>Reason: {why}</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>和事</source>
        <translation>Heshi</translation>
    </message>
    <message>
        <source>正在打开……</source>
        <translation>Opening …</translation>
    </message>
</context>
<context>
    <name>WindowSection</name>
    <message>
        <source>窗口</source>
        <translation>Window</translation>
    </message>
    <message>
        <source>语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>中文</source>
        <comment>language</comment>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <comment>language</comment>
        <translation>English</translation>
    </message>
    <message>
        <source>字和界面的大小</source>
        <translation>Size of text and controls</translation>
    </message>
    <message>
        <source>颜色</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>纸色</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>高对比</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>记下了，下次打开和事时生效。</source>
        <translation>Noted; it takes effect when Heshi is opened again.</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>案件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>记好了。可以打印登记表了。</source>
        <translation>Recorded. The register can be printed now.</translation>
    </message>
    <message>
        <source>从左边选一个人或单位，就在这里看和改。</source>
        <translation>Choose a person or an organisation at the left to see and edit it here.</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>People</translation>
    </message>
    <message>
        <source>审核</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>从左边选一个卷，就在这里看卷、写意见。</source>
        <translation>Choose a file at the left to read it and write your remark here.</translation>
    </message>
    <message>
        <source>从左边选一个卷，就在这里看审核人写了什么。</source>
        <translation>Choose a file at the left to see what the reviewer wrote.</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>立即上报</source>
        <translation>Send now</translation>
    </message>
    <message>
        <source>待上报</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>When</translation>
    </message>
    <message>
        <source>大小</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>到哪一步</source>
        <translation>How far</translation>
    </message>
    <message>
        <source>没有待上报的。县局的回执都齐了。</source>
        <translation>Nothing is waiting. Every receipt of the county is here.</translation>
    </message>
    <message>
        <source>这台电脑还没有登记到县局，记录都只保存在本机。登记以后，这里会看到哪些已报、哪些没报。</source>
        <translation>This computer is not enrolled with the county; all records are here alone. After enrolling you see here what was sent and what was not.</translation>
    </message>
    <message>
        <source>去登记</source>
        <translation>Enrol</translation>
    </message>
    <message>
        <source>这台电脑还没有登记到县局，下面这些都只在本机。登记以后会自动上报。</source>
        <translation>This computer is not enrolled with the county; what stands below is here alone. After enrolling it is sent by itself.</translation>
    </message>
    <message>
        <source>这里还没有案件。调委会报上来以后就能看到。</source>
        <translation>No cases here yet. They appear once committees have sent them.</translation>
    </message>
    <message>
        <source>纠纷由调委会登记，审核人员这里只看。</source>
        <translation>Disputes are registered by the committees; reviewers only read here.</translation>
    </message>
    <message>
        <source>文书里的几页</source>
        <translation>Pages of Papers</translation>
    </message>
    <message>
        <source>编号登记簿</source>
        <translation>Register of numbers</translation>
    </message>
    <message>
        <source>空白表格</source>
        <translation>Blank forms</translation>
    </message>
    <message>
        <source>核验文书</source>
        <translation>Verify a paper</translation>
    </message>
    <message>
        <source>打印记录</source>
        <translation>Print log</translation>
    </message>
    <message>
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>审核里的几页</source>
        <translation>Pages of Review</translation>
    </message>
    <message>
        <source>卷宗</source>
        <translation>Case files</translation>
    </message>
    <message>
        <source>各村电脑</source>
        <translation>Village laptops</translation>
    </message>
    <message>
        <source>待上报的记录和文件</source>
        <translation>Entries and files that wait</translation>
    </message>
    <message>
        <source>读U盘回执…</source>
        <translation>Read receipt from stick…</translation>
    </message>
    <message>
        <source>放到U盘…</source>
        <translation>Put on a stick…</translation>
    </message>
    <message>
        <source>是什么</source>
        <translation>What</translation>
    </message>
    <message>
        <source>没有待上报的。</source>
        <translation>Nothing is waiting.</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>All right</translation>
    </message>
    <message>
        <source>重新登记</source>
        <translation>Enrol anew</translation>
    </message>
</context>
<context>
    <name>YearOfNumbers</name>
    <message>
        <source>退回没用的号</source>
        <translation>Return unused numbers</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>不退</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>{year} 年：已用 {used} 个号，作废 {void} 个，还剩 {free} 个。</source>
        <translation>{year}: used {used}, void {void}, left {free}.</translation>
    </message>
    <message>
        <source>已用的里面有 {n} 个临时编号。</source>
        <translation> Provisional among the used: {n}.</translation>
    </message>
    <message>
        <source>本机的号段用完了，先用临时编号；县局给了新号段以后，新文书用正式编号。已经印在纸上的临时编号一直有效，不会改。</source>
        <translation>The numbers lent to this computer are used up; for now numbers are provisional. Once the county has lent new ones, new papers get regular numbers. Provisional numbers that are on paper stay valid and will not change.</translation>
    </message>
    <message>
        <source>还剩 {n} 个号。请找机会上报一次，县局会再给。</source>
        <translation>Numbers left: {n}. Please send once when you can; the county then lends more.</translation>
    </message>
    <message>
        <source>把 {year} 年没用的 {n} 个号退给县局，别的电脑就能用。这台电脑要交回去，或者这一年的事都办完了，才需要退。退回以后再定稿这一年的协议，先用临时编号。</source>
        <translation>Return the unused numbers of {year} to the county ({n}), so that other laptops can use them. This is only needed when this computer is handed in, or when all of that year is done. An agreement of that year that is finalised later gets a provisional number.</translation>
    </message>
</context>
<context>
    <name>_Card</name>
    <message>
        <source>去掉</source>
        <translation>Remove</translation>
    </message>
</context>
<context>
    <name>_Chooser</name>
    <message>
        <source>两份协议</source>
        <translation>Two agreements</translation>
    </message>
    <message>
        <source>{verb}：{title}，{who}</source>
        <translation>{verb}: {title}, {who}</translation>
    </message>
    <message>
        <source>那份算数</source>
        <translation>That one holds</translation>
    </message>
    <message>
        <source>这份算数</source>
        <translation>This one holds</translation>
    </message>
    <message>
        <source>用那个</source>
        <translation>Use that one</translation>
    </message>
    <message>
        <source>用这个</source>
        <translation>Use this one</translation>
    </message>
    <message>
        <source>自己写</source>
        <translation>Write my own</translation>
    </message>
</context>
<context>
    <name>_FindingRow</name>
    <message>
        <source>不改，写明理由</source>
        <translation>Keep it, give a reason</translation>
    </message>
    <message>
        <source>为什么不改</source>
        <translation>Why it stays</translation>
    </message>
    <message>
        <source>例如：双方都要这样写</source>
        <translation>For example: both sides want it so</translation>
    </message>
    <message>
        <source>记下理由</source>
        <translation>Note the reason</translation>
    </message>
    <message>
        <source>算了</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>请写一句为什么。</source>
        <translation>Please write a sentence why.</translation>
    </message>
    <message>
        <source>{name} {day}：{reason}</source>
        <translation>{name}, {day}: {reason}</translation>
    </message>
    <message>
        <source>收回</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>{verb}：{about}</source>
        <translation>{verb}: {about}</translation>
    </message>
    <message>
        <source>第 {number} 条：{sentence}</source>
        <translation>Clause {number}: {sentence}</translation>
    </message>
</context>
<context>
    <name>_Pair</name>
    <message>
        <source>去掉这一问一答</source>
        <translation>Remove this question and answer</translation>
    </message>
    <message>
        <source>问 {number}</source>
        <translation>Q {number}</translation>
    </message>
    <message>
        <source>答 {number}</source>
        <translation>A {number}</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>去掉这一行</source>
        <translation>Remove this line</translation>
    </message>
</context>
<context>
    <name>_Side</name>
    <message>
        <source>放在一边的</source>
        <translation>Set aside</translation>
    </message>
    <message>
        <source>现在算数的</source>
        <translation>Holds now</translation>
    </message>
    <message>
        <source>没有定稿，还是草稿</source>
        <translation>Not final, still a draft</translation>
    </message>
    <message>
        <source>看全文</source>
        <translation>Show all of it</translation>
    </message>
</context>
<context>
    <name>_StandInForm</name>
    <message>
        <source>以什么身份</source>
        <translation>In what quality</translation>
    </message>
    <message>
        <source>是谁</source>
        <translation>Who it is</translation>
    </message>
    <message>
        <source>例如：父亲</source>
        <translation>For example: father</translation>
    </message>
    <message>
        <source>职务</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>授权日期</source>
        <translation>Given on</translation>
    </message>
    <message>
        <source>例如：户口簿、授权委托书</source>
        <translation>For example: household register, power of attorney</translation>
    </message>
    <message>
        <source>授权到哪一天</source>
        <translation>Authority until</translation>
    </message>
    <message>
        <source>证明材料的照片</source>
        <translation>Photo of the proof</translation>
    </message>
</context>
<context>
    <name>_Tile</name>
    <message>
        <source>还没写说明</source>
        <translation>No caption yet</translation>
    </message>
</context>
</TS>
