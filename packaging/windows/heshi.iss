; Inno Setup: one setup file for Windows 10 and 11 out of dist\heshi, for one person, no administrator.
;   iscc /DVersion=0.1.0 packaging\windows\heshi.iss

#ifndef Version
  #error Say the version of pyproject.toml: /DVersion=x.y.z
#endif

[Setup]
AppId={{6E0C53E0-3C1B-4C0B-9C7F-5D8C1A0B7E11}
AppName=和事 Heshi
AppVersion={#Version}
DefaultDirName={autopf}\Heshi
DefaultGroupName=和事 Heshi
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; The first Windows that Qt 6.9 runs on.
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=heshi-{#Version}-setup
Compression=lzma2
SolidCompression=yes
LicenseFile=..\..\LICENSE

[Files]
Source: "..\..\dist\heshi\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\和事"; Filename: "{app}\heshi.exe"
Name: "{autodesktop}\和事"; Filename: "{app}\heshi.exe"
; The records stay where they are when the program is removed.
