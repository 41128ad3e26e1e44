# The installer for one person, without administrator's rights. Built by windows_installer.py, which
# defines TREE, OUT, ICON, VERSION, NUMBERS, SIZE_KIB and, for a quick build, FAST.
#
# The new program is unpacked beside the old one and changes places with it at the end: whatever goes
# wrong before, a full disk or a computer that is switched off, leaves the old one as it was.

Target amd64-unicode
Unicode true
ManifestSupportedOS Win10
ManifestDPIAware true
RequestExecutionLevel user
!ifdef FAST
  SetCompress off
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif

!include "MUI2.nsh"
!include "WordFunc.nsh"
!include "LogicLib.nsh"

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Readiness"
!define CLASSES "Software\Classes"
!define OURS "readiness-invitation"

# Exit statuses, also of the silent installer; 1 and 2 are the installer's own.
!define STILL_OPEN 3
!define NOT_WRITABLE 4
!define NO_ROOM 5
!define TWICE 6

Name "Readiness"
BrandingText "Readiness ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Readiness"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\readiness.exe"
!define MUI_WELCOMEPAGE_TEXT "$(TEXT_WELCOME)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Spanish"
!include "texts.nsh"

VIProductVersion "${NUMBERS}"
!macro Resource LANGUAGE
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "Readiness"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "Readiness ${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "CompanyName" "Readiness"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "licences\NOTICE.txt"
!macroend
!insertmacro Resource ${LANG_ENGLISH}
!insertmacro Resource ${LANG_GERMAN}
!insertmacro Resource ${LANG_SPANISH}

# Says why not and ends, with nothing changed.
!macro Refuse TEXT STATUS
  SetErrorLevel ${STATUS}
  MessageBox MB_OK|MB_ICONEXCLAMATION "${TEXT}" /SD IDOK
  Quit
!macroend

# Nobody else may install or remove at the same time.
!macro Alone
  System::Call 'kernel32::CreateMutexW(p 0, i 1, w "Local\ReadinessSetup") p ?e'
  Pop $0
  ${If} $0 = 183
    !insertmacro Refuse "$(TEXT_TWICE)" ${TWICE}
  ${EndIf}
!macroend

# A library that a running program uses cannot be opened for writing.
!macro Closed
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\program\python312.dll"
      ${Break}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\program\python312.dll" a
    ${IfNot} ${Errors}
      FileClose $0
      ${Break}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(TEXT_STILL_OPEN)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel ${STILL_OPEN}
    Quit
  ${Loop}
!macroend

Function .onInit
  !insertmacro Alone
FunctionEnd

Function un.onInit
  !insertmacro Alone
FunctionEnd

# A file could not be written. Windows removes no folder in which a program is at work.
Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\program.new"
  RMDir "$INSTDIR"
  SetErrorLevel ${NO_ROOM}
FunctionEnd

Section
  SetShellVarContext current
  ReadRegStr $1 HKCU "${KEY}" "DisplayVersion"
  ${If} $1 != ""
    ${VersionCompare} $1 "${VERSION}" $0
    ${If} $0 = 1
      MessageBox MB_YESNO|MB_ICONQUESTION "$(TEXT_NEWER)" /SD IDYES IDYES +2
      Quit
    ${EndIf}
  ${EndIf}

  ClearErrors
  CreateDirectory "$INSTDIR"
  FileOpen $0 "$INSTDIR\readiness.try" w
  ${If} ${Errors}
    !insertmacro Refuse "$(TEXT_NOT_WRITABLE)" ${NOT_WRITABLE}
  ${EndIf}
  FileClose $0
  Delete "$INSTDIR\readiness.try"
  !insertmacro Closed

  # What an attempt left behind that was broken off.
  ${If} ${FileExists} "$INSTDIR\program.old\python312.dll"
  ${AndIfNot} ${FileExists} "$INSTDIR\program\python312.dll"
    RMDir /r "$INSTDIR\program"
    Rename "$INSTDIR\program.old" "$INSTDIR\program"
  ${EndIf}
  RMDir /r "$INSTDIR\program.old"
  RMDir /r "$INSTDIR\program.new"

  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR", *l .r1, p 0, p 0) i .r0'
  ${If} $0 <> 0
    System::Int64Op $1 / 1024
    Pop $1
    System::Int64Op $1 < ${SIZE_KIB}
    Pop $0
    ${If} $0 = 1
      RMDir "$INSTDIR"
      !insertmacro Refuse "$(TEXT_NO_ROOM)" ${NO_ROOM}
    ${EndIf}
  ${EndIf}

  # Large and alike: beside each other they pack better.
  SetOutPath "$INSTDIR\program.new\lib\numpy.libs"
  File "${TREE}\program\lib\numpy.libs\*.*"
  SetOutPath "$INSTDIR\program.new\lib\scipy.libs"
  File "${TREE}\program\lib\scipy.libs\*.*"
  SetOutPath "$INSTDIR\program.new"
  File /r /x numpy.libs /x scipy.libs "${TREE}\program\*.*"

  SetOutPath "$INSTDIR"
  ${If} ${FileExists} "$INSTDIR\program\*.*"
    ClearErrors
    Rename "$INSTDIR\program" "$INSTDIR\program.old"
    ${If} ${Errors}
      RMDir /r "$INSTDIR\program.new"
      !insertmacro Refuse "$(TEXT_STILL_OPEN)" ${STILL_OPEN}
    ${EndIf}
  ${EndIf}
  Rename "$INSTDIR\program.new" "$INSTDIR\program"
  RMDir /r "$INSTDIR\licences"
  File /r "${TREE}\licences"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  File "${TREE}\readiness-cli.exe"
  File "${TREE}\readiness.exe"
  RMDir /r "$INSTDIR\program.old"

  CreateShortCut "$SMPROGRAMS\Readiness.lnk" "$INSTDIR\readiness.exe" "" "" "" "" "" "$(TEXT_ABOUT)"

  WriteRegStr HKCU "${CLASSES}\.${OURS}" "" "Readiness.Invitation"
  WriteRegStr HKCU "${CLASSES}\.${OURS}" "Content Type" "application/vnd.readiness.invitation+json"
  WriteRegStr HKCU "${CLASSES}\Readiness.Invitation" "" "$(TEXT_INVITATION)"
  WriteRegStr HKCU "${CLASSES}\Readiness.Invitation\DefaultIcon" "" '"$INSTDIR\readiness.exe",0'
  WriteRegStr HKCU "${CLASSES}\Readiness.Invitation\shell\open\command" "" '"$INSTDIR\readiness.exe" "%1"'
  # Of a report, "….readiness.json", Windows sees only ".json", which is nobody's to take: the program
  # is offered among others.
  WriteRegStr HKCU "${CLASSES}\.json\OpenWithProgids" "Readiness.Report" ""
  WriteRegStr HKCU "${CLASSES}\Readiness.Report" "" "$(TEXT_REPORT)"
  WriteRegStr HKCU "${CLASSES}\Readiness.Report\DefaultIcon" "" '"$INSTDIR\readiness.exe",0'
  WriteRegStr HKCU "${CLASSES}\Readiness.Report\shell\open\command" "" '"$INSTDIR\readiness.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${KEY}" "DisplayName" "Readiness"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\readiness.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "Readiness"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE_KIB}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

# Only what was installed is removed: the folder may be one that the person has other things in.
Section "Uninstall"
  SetShellVarContext current
  !insertmacro Closed
  MessageBox MB_YESNO|MB_ICONQUESTION "$(TEXT_KEEP)" /SD IDYES IDYES +3
  RMDir /r "$LOCALAPPDATA\Readiness"
  RMDir /r "$APPDATA\Readiness"
  Delete "$INSTDIR\readiness.exe"
  Delete "$INSTDIR\readiness-cli.exe"
  RMDir /r "$INSTDIR\program"
  RMDir /r "$INSTDIR\program.new"
  RMDir /r "$INSTDIR\program.old"
  RMDir /r "$INSTDIR\licences"
  Delete "$SMPROGRAMS\Readiness.lnk"
  DeleteRegKey HKCU "${CLASSES}\.${OURS}"
  DeleteRegKey HKCU "${CLASSES}\Readiness.Invitation"
  DeleteRegKey HKCU "${CLASSES}\Readiness.Report"
  DeleteRegValue HKCU "${CLASSES}\.json\OpenWithProgids" "Readiness.Report"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.json\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.json"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DeleteRegKey HKCU "${KEY}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
