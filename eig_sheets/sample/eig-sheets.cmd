@echo off
rem A double-cliquer sous Windows : ce qui ne va pas dans le classeur de cette campagne, et son classement.
rem Rien n'est ecrit. Ce fichier se copie dans le dossier de toute campagne, a cote de son dossier config.
setlocal
title eig-sheets
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
set EIG=eig-sheets.exe
where %EIG% >nul 2>nul && goto ready
set EIG=py -m eig_sheets
%EIG% --version >nul 2>nul && goto ready
echo eig-sheets est introuvable sur cet ordinateur : demandez son installation a la personne qui s'en occupe.
goto end

:ready
%EIG% check
echo.
%EIG% rank

:end
echo.
pause
